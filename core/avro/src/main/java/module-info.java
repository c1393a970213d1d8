/** Event data as Avro bytes, schema text and JSON. */
module dev.carillon.avro {
    requires transitive dev.carillon.events;
    requires transitive com.fasterxml.jackson.core;
    requires org.apache.avro;
    requires com.fasterxml.jackson.databind; // for Avro, whose jar cannot require it: it has no descriptor
    requires org.slf4j;

    exports dev.carillon.avro;
}

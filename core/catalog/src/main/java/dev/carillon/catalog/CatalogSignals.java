package dev.carillon.catalog;

import dev.carillon.events.Signal;
import dev.carillon.events.SignalProvider;
import java.util.Collection;

/** Offers the catalog to {@code Signals.discovered()}. */
public final class CatalogSignals implements SignalProvider {

    /** For {@link java.util.ServiceLoader}. */
    public CatalogSignals() {}

    @Override
    public Collection<? extends Signal<?>> signals() {
        return Catalog.signals().all();
    }
}

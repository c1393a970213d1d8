package dev.carillon.testkit;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The components in which two records differ, by name: their values may be personal. */
final class DataDifferences {

    private DataDifferences() {}

    /** Paths such as {@code user.pii.email}; empty when the data are equal or no records of one class. */
    static List<String> between(@Nullable Object one, @Nullable Object other) {
        List<String> paths = new ArrayList<>();
        compare("", one, other, paths);
        return paths;
    }

    private static void compare(String path, @Nullable Object one, @Nullable Object other, List<String> paths) {
        if (Objects.equals(one, other)) {
            return;
        }
        if (!(one instanceof Record) || other == null || one.getClass() != other.getClass()) {
            if (!path.isEmpty()) {
                paths.add(path);
            }
            return;
        }
        for (RecordComponent component : one.getClass().getRecordComponents()) {
            String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
            compare(name, valueOf(component, one), valueOf(component, other), paths);
        }
    }

    private static @Nullable Object valueOf(RecordComponent component, Object data) {
        try {
            component.getAccessor().setAccessible(true); // records of tests are often private
            return component.getAccessor().invoke(data);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            return null;
        }
    }
}

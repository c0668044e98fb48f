package io.chatcluster.operator;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A list or a map in a type of Kubernetes objects. Every object has dozens, nearly always with nothing or one thing in it, and with
 * room for ten: what they hold then is all that they take here.
 */
record FewElements(AnnotatedMember read, AnnotatedMember write) {
    /** What the Operator SDK adds to in objects that were read. */
    private static final Set<String> GROWING = Set.of("annotations", "finalizers", "labels");

    /** All of a type, with the one for fields that the type does not know. */
    static List<FewElements> in(BeanDescription type) {
        var known = type.findProperties().stream()
                .filter(property -> List.class.equals(property.getRawPrimaryType())
                        || Map.class.equals(property.getRawPrimaryType()))
                .filter(property -> !isGrowing(type, property))
                .filter(property -> property.getAccessor() != null && property.getMutator() != null)
                .map(property -> new FewElements(property.getAccessor(), property.getMutator()));
        var unknown = Stream.ofNullable(type.findMethod("setAdditionalProperties", new Class<?>[] {Map.class}))
                .map(setter -> new FewElements(type.findAnyGetter(), setter));
        var all = Stream.concat(known, unknown).toList();
        all.forEach(FewElements::allow);
        return all;
    }

    private static boolean isGrowing(BeanDescription type, BeanPropertyDefinition property) {
        return type.getBeanClass().equals(ObjectMeta.class) && GROWING.contains(property.getName());
    }

    private void allow() {
        read.fixAccess(true);
        write.fixAccess(true);
    }

    /** Gives a part of an object that was just read a collection without room for more. */
    void fit(Object part) {
        switch (read.getValue(part)) {
            case List<?> list when list.isEmpty() -> write.setValue(part, Collections.emptyList());
            case List<?> list when list.size() == 1 -> write.setValue(part, Collections.singletonList(list.getFirst()));
            case ArrayList<?> list -> list.trimToSize();
            case Map<?, ?> map when map.isEmpty() -> write.setValue(part, Collections.emptyMap());
            case Map<?, ?> map
            when map.size() == 1 -> {
                var only = map.entrySet().iterator().next();
                write.setValue(part, Collections.singletonMap(only.getKey(), only.getValue()));
            }
            case null, default -> {}
        }
    }
}

package usher.http;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;

/// How large the arrays are that a session holds, found by walking its own objects. What all
/// sessions share is not counted.
final class Reachable {
  private Reachable() {}

  static long bytes(Object from) {
    var seen = new IdentityHashMap<Object, Boolean>();
    var open = new ArrayDeque<Object>();
    open.add(from);
    long bytes = 0;
    while (!open.isEmpty()) {
      Object next = open.remove();
      if (seen.put(next, true) != null || next instanceof Terms || next instanceof Enum) {
        continue;
      }
      if (next.getClass().isArray()) {
        bytes += size(next);
        continue;
      }
      if (!next.getClass().getPackageName().startsWith("usher.http")) {
        continue;
      }
      for (Field field : next.getClass().getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          field.setAccessible(true);
          try {
            Object value = field.get(next);
            if (value != null) {
              open.add(value);
            }
          } catch (IllegalAccessException e) {
            throw new AssertionError(e);
          }
        }
      }
    }
    return bytes;
  }

  private static long size(Object array) {
    int unit = array instanceof byte[] ? 1 : array instanceof int[] ? 4 : 8;
    return 16 + (long) unit * Array.getLength(array);
  }
}

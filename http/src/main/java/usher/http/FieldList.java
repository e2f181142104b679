package usher.http;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import usher.http.wire.Octets;

/// Fields as an array of names and values in turn, each checked when it was set. Immutable.
final class FieldList implements Headers {
  static final FieldList NONE = new FieldList(new String[0]);

  private final String[] pairs;

  /// Made when first asked for; threads that ask at once make the same.
  private @Nullable FieldLines lines;

  private FieldList(String[] pairs) {
    this.pairs = pairs;
  }

  static FieldList of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("the name without a value: " + namesAndValues.length);
    }
    for (int i = 0; i < namesAndValues.length; i += 2) {
      check(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new FieldList(namesAndValues.clone());
  }

  static FieldList copyOf(Headers headers) {
    if (headers instanceof FieldList list) {
      return list;
    }
    var pairs = new String[headers.size() * 2];
    for (int i = 0; i < headers.size(); i++) {
      pairs[2 * i] = headers.name(i);
      pairs[2 * i + 1] = headers.value(i);
    }
    return new FieldList(pairs);
  }

  private static void check(String name, String value) {
    if (!Octets.isToken(name)) {
      throw new IllegalArgumentException("not a field name: \"" + Octets.shown(name) + "\"");
    }
    if (!Octets.isFieldValue(value)) {
      throw new IllegalArgumentException(
          "not a value for the field " + name + ": \"" + Octets.shown(value) + "\"");
    }
  }

  @Override
  public int size() {
    return pairs.length / 2;
  }

  @Override
  public String name(int index) {
    return pairs[2 * index];
  }

  @Override
  public String value(int index) {
    return pairs[2 * index + 1];
  }

  @Override
  public @Nullable String first(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equalsIgnoreCase(name)) {
        return pairs[i + 1];
      }
    }
    return null;
  }

  @Override
  public FieldList with(String name, String value) {
    return has(name) ? without(name).plus(name, value) : plus(name, value);
  }

  @Override
  public FieldList plus(String name, String value) {
    check(name, value);
    String[] more = Arrays.copyOf(pairs, pairs.length + 2);
    more[pairs.length] = name;
    more[pairs.length + 1] = value;
    return new FieldList(more);
  }

  @Override
  public FieldList without(String name) {
    var kept = new String[pairs.length];
    int length = 0;
    for (int i = 0; i < pairs.length; i += 2) {
      if (!pairs[i].equalsIgnoreCase(name)) {
        kept[length++] = pairs[i];
        kept[length++] = pairs[i + 1];
      }
    }
    return length == pairs.length ? this : new FieldList(Arrays.copyOf(kept, length));
  }

  /// These fields as they are sent.
  FieldLines lines() {
    FieldLines made = lines;
    if (made == null) {
      made = new FieldLines(this);
      lines = made;
    }
    return made;
  }

  /// These fields, where a handler may set them.
  FieldList forResponse() {
    for (int i = 0; i < pairs.length; i += 2) {
      switch (pairs[i].toLowerCase(Locale.ROOT)) {
        case "transfer-encoding", "trailer", "upgrade", "keep-alive" ->
            throw new IllegalArgumentException(pairs[i] + " is set by the server alone");
        case "connection" -> {
          if (!pairs[i + 1].equalsIgnoreCase("close")) {
            throw new IllegalArgumentException("Connection may only be set to close");
          }
        }
        default -> {}
      }
    }
    return this;
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      text.append(pairs[i]).append(": ").append(pairs[i + 1]).append('\n');
    }
    return text.toString();
  }
}

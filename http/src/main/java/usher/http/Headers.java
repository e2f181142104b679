package usher.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The fields of a message, immutable, in the order of the wire and with duplicates. Names are
/// compared without regard to case (RFC 9110, 5.1).
///
/// Values are read and written as ISO 8859-1, one character for each byte, so that what was read
/// can be written again unchanged; a character above U+00FF is refused. Names and values are
/// checked when they are set: a name is a token (RFC 9110, 5.6.2), a value holds no control
/// characters but tabs, so nothing that is put into a header can end a line or a head.
public sealed interface Headers extends Iterable<Headers.Field> permits FieldList, HeadFields {
  /// One field line.
  record Field(String name, String value) {}

  /// No fields.
  static Headers none() {
    return FieldList.NONE;
  }

  /// Fields from names and values in turn.
  ///
  /// @throws IllegalArgumentException where a name or value may not be sent
  static Headers of(String... namesAndValues) {
    return FieldList.of(namesAndValues);
  }

  /// How many field lines there are.
  int size();

  /// The name of a field line, as it was written.
  String name(int index);

  /// The value of a field line, without the white space around it.
  String value(int index);

  /// The value of the first field of this name.
  @Nullable String first(String name);

  /// Whether there is a field of this name.
  default boolean has(String name) {
    return first(name) != null;
  }

  /// The values of all fields of this name, in order.
  default List<String> all(String name) {
    var values = new ArrayList<String>(2);
    for (int i = 0; i < size(); i++) {
      if (name(i).equalsIgnoreCase(name)) {
        values.add(value(i));
      }
    }
    return List.copyOf(values);
  }

  /// The values of all fields of this name as one list value, `, ` between them (RFC 9110, 5.3).
  /// Not for `Set-Cookie`.
  default @Nullable String joined(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? null : String.join(", ", values);
  }

  /// These fields, with those of this name replaced by one.
  ///
  /// @throws IllegalArgumentException where the name or value may not be sent
  default Headers with(String name, String value) {
    return FieldList.copyOf(this).with(name, value);
  }

  /// These fields and one more.
  ///
  /// @throws IllegalArgumentException where the name or value may not be sent
  default Headers plus(String name, String value) {
    return FieldList.copyOf(this).plus(name, value);
  }

  /// These fields without those of this name.
  default Headers without(String name) {
    return FieldList.copyOf(this).without(name);
  }

  @Override
  default Iterator<Field> iterator() {
    return new Iterator<>() {
      private int index;

      @Override
      public boolean hasNext() {
        return index < size();
      }

      @Override
      public Field next() {
        if (index >= size()) {
          throw new NoSuchElementException();
        }
        var field = new Field(name(index), value(index));
        index++;
        return field;
      }
    };
  }
}

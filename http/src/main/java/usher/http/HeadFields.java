package usher.http;

import org.jspecify.annotations.Nullable;
import usher.http.wire.Head;

/// The fields of a head that came over the wire; their texts are made when asked for.
record HeadFields(Head head) implements Headers {
  @Override
  public int size() {
    return head.size();
  }

  @Override
  public String name(int index) {
    return head.name(index);
  }

  @Override
  public String value(int index) {
    return head.value(index);
  }

  @Override
  public @Nullable String first(String name) {
    return head.first(name);
  }

  @Override
  public String toString() {
    return FieldList.copyOf(this).toString();
  }
}

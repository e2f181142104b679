package usher.testkit;

import java.util.List;

/// One way of cutting input into parts.
///
/// @param name how it was cut, for the name of a test: `whole`, `bytewise`, `2+5`
/// @param parts the parts in order; none is empty, and joined they are the input
public record Split(String name, List<byte[]> parts) {
  /// Copies the list, not the bytes.
  public Split {
    parts = List.copyOf(parts);
  }

  @Override
  public String toString() {
    return name;
  }
}

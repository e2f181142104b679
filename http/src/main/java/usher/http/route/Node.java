package usher.http.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A place in the tree of segments: what may stand next, and the routes that end here. Immutable.
final class Node {
  /// Literal segments, sorted, and where each leads.
  private final String[] literals;

  private final Node[] children;

  /// Where a parameter leads.
  final @Nullable Node parameter;

  /// Routes whose path ends here.
  final Route[] ends;

  /// Routes that take whatever follows.
  final Route[] rests;

  private Node(
      String[] literals,
      Node[] children,
      @Nullable Node parameter,
      List<Route> ends,
      List<Route> rests) {
    this.literals = literals;
    this.children = children;
    this.parameter = parameter;
    this.ends = ends.toArray(Route[]::new);
    this.rests = rests.toArray(Route[]::new);
  }

  /// Where a literal segment leads, or null. Takes the segment as a stretch of a longer text, so
  /// that no text has to be cut out.
  @Nullable Node child(String text, int start, int end) {
    int low = 0;
    int high = literals.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(literals[middle], text, start, end);
      if (order == 0) {
        return children[middle];
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  private static int compare(String literal, String text, int start, int end) {
    int length = Math.min(literal.length(), end - start);
    for (int i = 0; i < length; i++) {
      int order = literal.charAt(i) - text.charAt(start + i);
      if (order != 0) {
        return order;
      }
    }
    return literal.length() - (end - start);
  }

  /// Grows a tree.
  static final class Sapling {
    private final SortedMap<String, Sapling> literals = new TreeMap<>();
    private @Nullable Sapling parameter;
    private final List<Route> ends = new ArrayList<>();
    private final List<Route> rests = new ArrayList<>();

    /// Adds a route.
    ///
    /// @throws IllegalArgumentException where another one answers the same requests
    void add(Route route) {
      Sapling place = this;
      for (PathPattern.Segment segment : route.pattern().segments()) {
        place = segment.parameter() ? place.parameter() : place.literal(segment.literal());
      }
      List<Route> here = route.pattern().rest() ? place.rests : place.ends;
      for (Route other : here) {
        if (Objects.equals(other.method(), route.method())) {
          throw new IllegalArgumentException(route + " conflicts with " + other);
        }
      }
      here.add(route);
    }

    private Sapling parameter() {
      Sapling next = parameter;
      if (next == null) {
        next = new Sapling();
        parameter = next;
      }
      return next;
    }

    private Sapling literal(String text) {
      return literals.computeIfAbsent(text, absent -> new Sapling());
    }

    /// The tree as it stands.
    Node grown() {
      var children = new ArrayList<Node>();
      for (Sapling next : literals.values()) {
        children.add(next.grown());
      }
      Sapling below = parameter;
      return new Node(
          literals.keySet().toArray(String[]::new),
          children.toArray(Node[]::new),
          below == null ? null : below.grown(),
          ends,
          rests);
    }
  }
}

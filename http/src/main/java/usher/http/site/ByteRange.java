package usher.http.site;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a representation.
///
/// @param first the offset of its first byte
/// @param last the offset of its last byte, not below the first
record ByteRange(long first, long last) {
  /// Ranges in one request; a request with more is answered with the whole.
  static final int MOST = 32;

  /// Ranges that lie nearer to each other than this are joined, since a part costs about as much.
  private static final int GAP = 80;

  private static final String UNIT = "bytes=";
  private static final long ABSENT = -1;
  private static final long BROKEN = -2;

  /// How many bytes it has.
  long length() {
    return last - first + 1;
  }

  /// As it stands in `Content-Range`.
  String contentRange(long size) {
    return "bytes " + first + "-" + last + "/" + size;
  }

  /// Reads a `Range` (RFC 9110, 14.1.2 and 14.2).
  ///
  /// @param size bytes of the whole, at least one
  /// @return the parts to send, joined where they overlap or nearly touch, in the order of the
  ///   request; none where all lie behind the end (`416`); or null where the field does not count:
  ///   it is malformed, of another unit, has more than [#MOST] ranges, or the whole would cost less
  static @Nullable List<ByteRange> parse(String field, long size) {
    if (!field.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return null;
    }
    var wanted = new ArrayList<ByteRange>(1);
    int count = 0;
    for (int start = UNIT.length(); start <= field.length(); ) {
      int comma = field.indexOf(',', start);
      int end = comma < 0 ? field.length() : comma;
      String spec = strip(field, start, end);
      start = end + 1;
      if (spec.isEmpty()) {
        continue;
      }
      count++;
      int dash = spec.indexOf('-');
      if (count > MOST || dash < 0) {
        return null;
      }
      long from = number(spec, 0, dash);
      long to = number(spec, dash + 1, spec.length());
      if (from == BROKEN || to == BROKEN || (from == ABSENT && to == ABSENT)) {
        return null;
      }
      if (from == ABSENT) {
        if (to > 0) {
          wanted.add(new ByteRange(Math.max(0, size - to), size - 1));
        }
      } else if (to != ABSENT && to < from) {
        return null;
      } else if (from < size) {
        wanted.add(new ByteRange(from, to == ABSENT ? size - 1 : Math.min(to, size - 1)));
      }
    }
    return count == 0 ? null : joined(wanted, size);
  }

  private static @Nullable List<ByteRange> joined(List<ByteRange> wanted, long size) {
    if (wanted.size() < 2) {
      return wanted;
    }
    // Each joined range takes the place of its first member in the request.
    record Placed(int place, ByteRange range) {}
    var sorted = new ArrayList<Placed>(wanted.size());
    for (int i = 0; i < wanted.size(); i++) {
      sorted.add(new Placed(i, wanted.get(i)));
    }
    sorted.sort(Comparator.comparingLong(placed -> placed.range.first));
    var joined = new ArrayList<Placed>(sorted.size());
    Placed open = sorted.getFirst();
    for (Placed next : sorted.subList(1, sorted.size())) {
      if (next.range.first - open.range.last <= GAP) {
        open =
            new Placed(
                Math.min(open.place, next.place),
                new ByteRange(open.range.first, Math.max(open.range.last, next.range.last)));
      } else {
        joined.add(open);
        open = next;
      }
    }
    joined.add(open);
    joined.sort(Comparator.comparingInt(Placed::place));
    long cost = 0;
    for (Placed placed : joined) {
      cost += placed.range.length() + GAP;
    }
    return joined.size() > 1 && cost > size ? null : joined.stream().map(Placed::range).toList();
  }

  private static String strip(String text, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && (text.charAt(from) == ' ' || text.charAt(from) == '\t')) {
      from++;
    }
    while (from < to && (text.charAt(to - 1) == ' ' || text.charAt(to - 1) == '\t')) {
      to--;
    }
    return text.substring(from, to);
  }

  /// A number, as large as may be: what is beyond a long is beyond any file.
  private static long number(String text, int start, int end) {
    if (start == end) {
      return ABSENT;
    }
    long value = 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return BROKEN;
      }
      value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
    }
    return value;
  }
}

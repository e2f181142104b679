package usher.lab.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a load generator is to do. It crosses a process border as JSON.
///
/// @param address where the server listens: `tcp:127.0.0.1:8080`, `unix:/run/x`, `udp:127.0.0.1:69`
/// @param wire how requests are carried
/// @param shapes the kinds of request and their shares; at least one
/// @param arrivals when requests are due
/// @param rate requests a second of the open arrivals; 0 for a closed loop
/// @param connections that are open at once; with [Wire#CONNECTION_EACH], how many may be under way
/// @param pipeline requests that may be under way on one connection, 1 without pipelining
/// @param idle further connections that are opened first, have one answer each, and then say
///   nothing until the end
/// @param greets whether kept connections are those of the loads before, as far as there are some,
///   and each new one has an answer before anything is counted: who starts a thread or a process
///   for it has done so then
/// @param surge a while in which the rate is higher, or null
/// @param bound on what may go wrong, after which the rest is not asked for; null without
/// @param warmSeconds sent first and not counted
/// @param seconds counted
/// @param patienceSeconds after which a request counts as failed; its connection is given up
/// @param seed of arrivals and of the choice among shapes
public record LoadPlan(
    String address,
    Wire wire,
    List<Shape> shapes,
    Arrivals arrivals,
    double rate,
    int connections,
    int pipeline,
    int idle,
    boolean greets,
    @Nullable Surge surge,
    @Nullable Bound bound,
    double warmSeconds,
    double seconds,
    double patienceSeconds,
    long seed) {
  /// @throws IllegalArgumentException with a sentence if this is no plan
  public LoadPlan {
    shapes = List.copyOf(shapes);
    must(!shapes.isEmpty(), "a plan has a shape");
    must(arrivals == Arrivals.CLOSED || (rate > 0 && rate <= 1e7), "a rate above 0: " + rate);
    must(connections >= 1, "a plan has a connection: " + connections);
    must(pipeline >= 1 && pipeline <= 1_024, "1 to 1024 requests in a pipeline: " + pipeline);
    must(wire != Wire.CONNECTION_EACH || pipeline == 1, "a connection each has no pipeline");
    must(idle >= 0, "no negative number of idle connections: " + idle);
    must(wire != Wire.DATAGRAM || idle == 0, "no idle connections where there are none at all");
    must(!greets || isKept(wire), "only who stays is greeted");
    must(warmSeconds >= 0 && warmSeconds <= DAY, "up to a day of warm-up: " + warmSeconds);
    must(seconds > 0 && seconds <= DAY, "up to a day, and more than nothing: " + seconds);
    must(patienceSeconds > 0 && patienceSeconds <= 600, "ten minutes of patience at most");
  }

  private static final double DAY = 86_400;

  private static void must(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }

  /// Whether connections are kept for more than one request.
  public static boolean isKept(Wire wire) {
    return wire == Wire.HTTP || wire == Wire.LINE;
  }

  /// When enough has gone wrong: whoever looks for a rate that goes well need not see the rest of
  /// one that does not, and the server is spared what it would have to catch up on.
  ///
  /// @param millis within which a request is to be answered well
  /// @param misses so many may fail to be; with one more the counted time ends
  public record Bound(double millis, long misses) {
    /// @throws IllegalArgumentException with a sentence if this is no bound
    public Bound {
      must(millis > 0 && misses >= 0, "a bound is a time above 0, and how many may miss it");
    }
  }

  /// A while in which more is asked for.
  ///
  /// @param from seconds after the begin of the counted time
  /// @param seconds for how long
  /// @param factor to so many times the rate
  public record Surge(double from, double seconds, double factor) {
    /// @throws IllegalArgumentException with a sentence if this is no surge
    public Surge {
      must(from >= 0 && seconds > 0 && factor > 0, "a surge is a while of a higher rate");
    }
  }

  /// How requests are carried.
  public enum Wire {
    /// HTTP/1.1 on connections that are kept.
    HTTP,
    /// HTTP/1.1 with a connection for each request; its time counts from before the connect.
    CONNECTION_EACH,
    /// A line that is sent and comes back, over a stream.
    LINE,
    /// A datagram that is sent and comes back; bears a number, so that lost and late ones are told
    /// apart.
    DATAGRAM
  }

  /// When requests are due.
  public enum Arrivals {
    /// As soon as the connection has the answer before: a closed loop. A request is due when it is
    /// sent, so that a server that stalls delays what it is asked, and nobody sees it.
    CLOSED,
    /// Evenly spaced.
    EVEN,
    /// At random, as from many independent clients (a Poisson process).
    POISSON
  }

  /// One kind of request.
  ///
  /// @param name for its own figures
  /// @param weight its share is its weight over the sum of all
  /// @param method HTTP method
  /// @param path HTTP target
  /// @param sends bytes of the request's body, or of the line (its line feed included, 1 to 65536)
  ///   or of the datagram (8 to 65507, as it bears a number)
  /// @param expects the status of a good answer, for HTTP
  /// @param receives bytes of a good answer's body, or of the line or datagram; -1 for any
  /// @param sendRate bytes a second at which the body is sent, 0 for as fast as it goes
  /// @param readRate bytes a second at which the answer is read, 0 for as fast as it comes; the
  ///   system reads ahead by some 16 KiB, and by more where not all shapes of the plan are so slow
  public record Shape(
      String name,
      double weight,
      String method,
      String path,
      long sends,
      int expects,
      long receives,
      long sendRate,
      long readRate) {}
}

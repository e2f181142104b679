package usher.server.driver;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import usher.server.Admission;
import usher.server.Probe.Refusal;

/// Counts who comes and goes at the doors of a server, and says who is one too many: by address, or
/// by the rate at which they come. See [Admission].
///
/// Time comes as an argument. Thread-safe; free where there is no limit.
public final class Turnstile {
  private final int perAddress;
  private final @Nullable TokenBucket bucket;
  private final Map<Network, Integer> present = new HashMap<>();

  /// Who counts as one client: an IPv4 address, or the first half of an IPv6 address.
  private record Network(boolean six, long bits) {
    private static final int SIZE = 8;

    static Network of(InetAddress address) {
      byte[] bytes = address.getAddress();
      long bits = 0;
      for (int i = 0; i < Math.min(bytes.length, SIZE); i++) {
        bits = bits << 8 | (bytes[i] & 0xff);
      }
      return new Network(address instanceof Inet6Address, bits);
    }
  }

  Turnstile(Admission admission) {
    this.perAddress = admission.perAddress();
    this.bucket = admission.acceptRate() == 0 ? null : new TokenBucket(admission.acceptRate());
  }

  /// Somebody comes. Who is let in has to be told to [#left] in the end.
  ///
  /// @return why not, or null if he is let in
  @Nullable Refusal admit(@Nullable SocketAddress from, long now) {
    if (bucket == null && perAddress == Integer.MAX_VALUE) {
      return null;
    }
    synchronized (present) {
      Network network = network(from);
      int others = network == null ? 0 : present.getOrDefault(network, 0);
      if (others >= perAddress) {
        return Refusal.ADDRESS;
      }
      if (bucket != null && !bucket.take(now)) {
        return Refusal.RATE;
      }
      if (network != null) {
        present.put(network, others + 1);
      }
      return null;
    }
  }

  /// Somebody who was let in has gone.
  void left(@Nullable SocketAddress from) {
    if (perAddress == Integer.MAX_VALUE) {
      return;
    }
    synchronized (present) {
      Network network = network(from);
      if (network != null) {
        present.computeIfPresent(network, (_, count) -> count == 1 ? null : count - 1);
      }
    }
  }

  private @Nullable Network network(@Nullable SocketAddress from) {
    return perAddress < Integer.MAX_VALUE
            && from instanceof InetSocketAddress inet
            && inet.getAddress() != null
        ? Network.of(inet.getAddress())
        : null;
  }

  /// Clients that are counted just now.
  int clients() {
    synchronized (present) {
      return present.size();
    }
  }
}

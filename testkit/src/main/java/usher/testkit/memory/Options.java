package usher.testkit.memory;

import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The options of one channel: kept and given back. Only `SO_LINGER` with 0 has an effect; the size
/// of the buffers is the network's.
final class Options {
  private static final Set<SocketOption<?>> SUPPORTED =
      Set.of(
          StandardSocketOptions.SO_SNDBUF,
          StandardSocketOptions.SO_RCVBUF,
          StandardSocketOptions.SO_KEEPALIVE,
          StandardSocketOptions.SO_REUSEADDR,
          StandardSocketOptions.SO_REUSEPORT,
          StandardSocketOptions.SO_LINGER,
          StandardSocketOptions.TCP_NODELAY,
          StandardSocketOptions.IP_TOS);

  private final Map<SocketOption<?>, Object> values = new ConcurrentHashMap<>();

  Options(int bufferSize) {
    values.put(StandardSocketOptions.SO_SNDBUF, bufferSize);
    values.put(StandardSocketOptions.SO_RCVBUF, bufferSize);
    values.put(StandardSocketOptions.SO_KEEPALIVE, false);
    values.put(StandardSocketOptions.SO_REUSEADDR, false);
    values.put(StandardSocketOptions.SO_REUSEPORT, false);
    values.put(StandardSocketOptions.SO_LINGER, -1);
    values.put(StandardSocketOptions.TCP_NODELAY, false);
    values.put(StandardSocketOptions.IP_TOS, 0);
  }

  Set<SocketOption<?>> supported() {
    return SUPPORTED;
  }

  <T> void set(SocketOption<T> option, T value) {
    requireSupported(option);
    if (!option.type().isInstance(value)) {
      throw new IllegalArgumentException("Invalid value '" + value + "'");
    }
    values.put(option, value);
  }

  <T> T get(SocketOption<T> option) {
    requireSupported(option);
    return option.type().cast(Objects.requireNonNull(values.get(option)));
  }

  boolean resetsOnClose() {
    return get(StandardSocketOptions.SO_LINGER) == 0;
  }

  private static void requireSupported(SocketOption<?> option) {
    if (!SUPPORTED.contains(Objects.requireNonNull(option))) {
      throw new UnsupportedOperationException("'" + option + "' not supported");
    }
  }
}

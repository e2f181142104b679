package usher.server.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/// A Unix socket for datagrams, which Java has none of: the one by which systemd wants to be told.
@SuppressWarnings("restricted") // what this class is for
final class NotifySocket {
  private static final short AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;

  private final Linker linker = Linker.nativeLinker();
  private final MethodHandle open = function("socket", JAVA_INT, JAVA_INT, JAVA_INT);
  private final MethodHandle connect = function("connect", JAVA_INT, ADDRESS, JAVA_INT);
  private final MethodHandle close = function("close", JAVA_INT);
  private final MethodHandle send =
      linker.downcallHandle(
          linker.defaultLookup().findOrThrow("send"),
          FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

  private MethodHandle function(String name, MemoryLayout... arguments) {
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, arguments));
  }

  /// Sends a datagram.
  ///
  /// @param path of the socket's file, or an abstract name behind an `@`
  void send(String path, String words) throws IOException {
    int socket = Native.integer(open, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0) {
      throw new IOException("cannot make a socket: probably out of descriptors");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = address(arena, path);
      byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
      MemorySegment text = arena.allocate(bytes.length);
      MemorySegment.copy(bytes, 0, text, JAVA_BYTE, 0, bytes.length);
      if (Native.integer(connect, socket, address, (int) address.byteSize()) != 0
          || sent(socket, text) != bytes.length) {
        throw new IOException(path + " takes no datagram");
      }
    } finally {
      int _ = Native.integer(close, socket);
    }
  }

  private static MemorySegment address(Arena arena, String path) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    boolean named = name[0] == '@';
    if (named) {
      name[0] = 0;
    }
    // A path ends with a zero, an abstract name with its last byte.
    MemorySegment address = arena.allocate(Short.BYTES + name.length + (named ? 0L : 1L), 8);
    address.set(JAVA_SHORT, 0, AF_UNIX);
    MemorySegment.copy(name, 0, address, JAVA_BYTE, Short.BYTES, name.length);
    return address;
  }

  private long sent(int socket, MemorySegment text) {
    try {
      return (long) send.invokeExact(socket, text, text.byteSize(), MSG_NOSIGNAL);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }
}

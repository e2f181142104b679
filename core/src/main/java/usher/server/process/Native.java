package usher.server.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.OptionalInt;

/// The few calls of the C library that Java has no other way to: Linux with glibc 2.34 or newer.
/// Thread-safe.
@SuppressWarnings("restricted") // what this class is for
final class Native {
  /// Our pipes stand above the descriptors that a child is given, so that no `dup2` overwrites one
  /// that a later one needs.
  private static final int LEAST = 64;

  /// The first descriptor beyond standard input, output and error.
  static final int FIRST = 3;

  private static final int O_CLOEXEC = 0x80000;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int F_SETFL = 4;
  private static final int F_SETOWN = 8;
  private static final int F_SETSIG = 10;
  private static final int O_ASYNC = 0x2000;
  private static final int SIGKILL = 9;
  private static final int WNOHANG = 1;
  private static final int SOL_SOCKET = 1;
  private static final int SO_TYPE = 3;
  private static final int SO_ACCEPTCONN = 30;
  private static final short POSIX_SPAWN_SETPGROUP = 2;

  /// More than any C library needs for its opaque structures.
  private static final int OPAQUE = 1 << 10;

  private static final int SOCKADDR = 128;

  private final Linker linker = Linker.nativeLinker();
  private final MethodHandle pipe2 = call("pipe2", ADDRESS, JAVA_INT);
  private final MethodHandle fcntl =
      linker.downcallHandle(
          linker.defaultLookup().findOrThrow("fcntl"),
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private final MethodHandle close = call("close", JAVA_INT);
  private final MethodHandle dup2 = call("dup2", JAVA_INT, JAVA_INT);
  private final MethodHandle name = call("getsockname", JAVA_INT, ADDRESS, ADDRESS);
  private final MethodHandle option =
      call("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private final MethodHandle waitpid = call("waitpid", JAVA_INT, ADDRESS, JAVA_INT);
  private final MethodHandle actions = call("posix_spawn_file_actions_init", ADDRESS);
  private final MethodHandle place =
      call("posix_spawn_file_actions_adddup2", ADDRESS, JAVA_INT, JAVA_INT);
  private final MethodHandle closeFrom =
      call("posix_spawn_file_actions_addclosefrom_np", ADDRESS, JAVA_INT);
  private final MethodHandle forget = call("posix_spawn_file_actions_destroy", ADDRESS);
  private final MethodHandle attributes = call("posix_spawnattr_init", ADDRESS);
  private final MethodHandle flags = call("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT);
  private final MethodHandle group = call("posix_spawnattr_setpgroup", ADDRESS, JAVA_INT);
  private final MethodHandle forgetAttributes = call("posix_spawnattr_destroy", ADDRESS);
  private final MethodHandle spawn =
      call("posix_spawn", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);

  /// Whether this C library can close all descriptors but those meant.
  static boolean present() {
    SymbolLookup library = Linker.nativeLinker().defaultLookup();
    return library.find("posix_spawn_file_actions_addclosefrom_np").isPresent()
        && library.find("environ").isPresent();
  }

  private MethodHandle call(String function, MemoryLayout... arguments) {
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(function), FunctionDescriptor.of(JAVA_INT, arguments));
  }

  /// The two ends of a pipe, for reading and for writing; both close on exec.
  record Pipe(int read, int write) {}

  Pipe pipe() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment both = arena.allocate(JAVA_INT, 2);
      if (integer(pipe2, both, O_CLOEXEC) != 0) {
        throw new IOException("cannot make a pipe: probably out of descriptors");
      }
      int read = both.getAtIndex(JAVA_INT, 0);
      int write = both.getAtIndex(JAVA_INT, 1);
      try {
        return new Pipe(raise(read), raise(write));
      } finally {
        close(read);
        close(write);
      }
    }
  }

  /// A second descriptor for the same, from [#LEAST] on, that closes on exec.
  int raise(int descriptor) throws IOException {
    int higher = integer(fcntl, descriptor, F_DUPFD_CLOEXEC, LEAST);
    if (higher < 0) {
      throw new IOException("cannot duplicate a descriptor: probably too many are open");
    }
    return higher;
  }

  /// Has the kernel kill a process as soon as anything happens in this pipe, be it its end.
  void leash(int pipe, int process) {
    int _ = integer(fcntl, pipe, F_SETOWN, process);
    int _ = integer(fcntl, pipe, F_SETSIG, SIGKILL);
    int _ = integer(fcntl, pipe, F_SETFL, O_ASYNC);
  }

  /// No longer.
  void unleash(int pipe) {
    int _ = integer(fcntl, pipe, F_SETFL, 0);
  }

  void close(int descriptor) {
    int _ = integer(close, descriptor);
  }

  /// The address that a socket is bound to, as the kernel writes it; empty if it is no socket.
  byte[] address(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(SOCKADDR, 8);
      MemorySegment length = arena.allocate(JAVA_INT);
      length.set(JAVA_INT, 0, SOCKADDR);
      if (integer(name, descriptor, bytes, length) != 0) {
        return new byte[0];
      }
      return bytes.asSlice(0, Math.min(SOCKADDR, length.get(JAVA_INT, 0))).toArray(JAVA_BYTE);
    }
  }

  /// Whether this is a socket that listens for connections.
  boolean listens(int descriptor) {
    return option(descriptor, SO_ACCEPTCONN) == 1;
  }

  /// The type of a socket, as the kernel numbers it; -1 if it is none.
  int type(int descriptor) {
    return option(descriptor, SO_TYPE);
  }

  /// The value of a socket's option; -1 where there is none.
  private int option(int descriptor, int name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(JAVA_INT);
      MemorySegment length = arena.allocate(JAVA_INT);
      length.set(JAVA_INT, 0, Integer.BYTES);
      return integer(option, descriptor, SOL_SOCKET, name, value, length) == 0
          ? value.get(JAVA_INT, 0)
          : -1;
    }
  }

  /// Has a descriptor of ours mean what another one means, which is closed.
  void move(int from, int to) throws IOException {
    if (integer(dup2, from, to) < 0) {
      throw new IOException("cannot duplicate descriptor " + from);
    }
    close(from);
  }

  /// Starts a program with these descriptors as its 3, 4 and so on, its 1 and 2 as ours, and no
  /// other; in a process group of its own, so that Ctrl-C reaches the parent alone. It has our
  /// environment and working directory.
  ///
  /// @param zero its standard input
  /// @param others from [#LEAST] on
  /// @return its process number
  int spawn(String program, List<byte[]> arguments, int zero, int... others) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment files = arena.allocate(OPAQUE, 16);
      MemorySegment how = arena.allocate(OPAQUE, 16);
      int _ = integer(actions, files);
      int _ = integer(attributes, how);
      try {
        int failed = integer(place, files, zero, 0);
        for (int i = 0; i < others.length; i++) {
          failed |= integer(place, files, others[i], FIRST + i);
        }
        failed |= integer(closeFrom, files, FIRST + others.length);
        failed |= integer(flags, how, POSIX_SPAWN_SETPGROUP);
        failed |= integer(group, how, 0);
        MemorySegment list = arena.allocate(ADDRESS, arguments.size() + 1L);
        for (int i = 0; i < arguments.size(); i++) {
          list.setAtIndex(ADDRESS, i, text(arena, arguments.get(i)));
        }
        MemorySegment number = arena.allocate(JAVA_INT);
        if (failed == 0) {
          failed =
              integer(spawn, number, arena.allocateFrom(program), files, how, list, environment());
        }
        if (failed != 0) {
          throw new IOException("cannot start " + program + " (error " + failed + ")");
        }
        return number.get(JAVA_INT, 0);
      } finally {
        int _ = integer(forget, files);
        int _ = integer(forgetAttributes, how);
      }
    }
  }

  private static MemorySegment text(Arena arena, byte[] bytes) {
    MemorySegment text = arena.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, text, JAVA_BYTE, 0, bytes.length);
    return text;
  }

  private MemorySegment environment() {
    return linker
        .defaultLookup()
        .findOrThrow("environ")
        .reinterpret(ADDRESS.byteSize())
        .get(ADDRESS, 0);
  }

  /// Takes an ended child off the kernel's list.
  ///
  /// @return how it ended, as `wait` says it; nothing if it has not, or is none of ours
  OptionalInt reap(int child) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(JAVA_INT);
      return integer(waitpid, child, status, WNOHANG) == child
          ? OptionalInt.of(status.get(JAVA_INT, 0))
          : OptionalInt.empty();
    }
  }

  /// Does something that takes standard output and error away, and brings them back.
  void keepingOutputs(Task task) throws IOException {
    int out = raise(1);
    int err = raise(2);
    // The first call of a function takes milliseconds, in which others may print.
    int _ = integer(dup2, out, 1);
    try {
      task.run();
    } finally {
      int _ = integer(dup2, out, 1);
      int _ = integer(dup2, err, 2);
      close(out);
      close(err);
    }
  }

  /// Something that may fail.
  interface Task {
    void run() throws IOException;
  }

  static int integer(MethodHandle function, Object... arguments) {
    try {
      return (int) function.invokeWithArguments(arguments);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }
}

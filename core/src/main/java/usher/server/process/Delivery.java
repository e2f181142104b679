package usher.server.process;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Starts children, reads their news and reaps them. Holds the parent's end of the pipes.
final class Delivery {
  private final Native library;
  private final Program program;
  private final String model;
  private final List<String> options;
  private final String tag;

  /// Descriptors of our own: those of the channels may be closed by another thread, and then soon
  /// mean something else.
  private final List<Integer> sockets = new ArrayList<>();

  /// What a child gets to write into.
  private final int pen;

  private final DataInputStream news;
  private final FileOutputStream own;

  /// @param model as text
  /// @param options of the JVM of a child, unless the program's own say otherwise
  /// @param tag which of the program's servers this is
  /// @param sockets the descriptors of its listening sockets
  Delivery(
      Native library,
      Program program,
      String model,
      List<String> options,
      String tag,
      List<Integer> sockets)
      throws IOException {
    this.options = List.copyOf(options);
    this.model = model;
    this.library = library;
    this.program = program;
    this.tag = tag;
    Native.Pipe pipe = library.pipe();
    this.pen = pipe.write();
    // Java reads and writes files that it has opened itself; the kernel's folder of descriptors
    // opens a pipe once more.
    try {
      this.news =
          new DataInputStream(
              new BufferedInputStream(new FileInputStream("/proc/self/fd/" + pipe.read())));
      this.own = new FileOutputStream("/proc/self/fd/" + pipe.write());
    } finally {
      library.close(pipe.read());
    }
    try {
      for (int socket : sockets) {
        this.sockets.add(library.raise(socket));
      }
    } catch (IOException thrown) {
      forgetSockets();
      close();
      throw thrown;
    }
  }

  /// No child will be started any more.
  void forgetSockets() {
    sockets.forEach(library::close);
    sockets.clear();
  }

  /// Starts a child that serves one of the sockets.
  Child start(int place, long now) throws IOException {
    Native.Pipe life = library.pipe();
    boolean born = false;
    try {
      String part = place + ":" + model + ":" + tag;
      int number =
          library.spawn(
              program.file(), program.child(part, options), sockets.get(place), life.read(), pen);
      ProcessHandle process = ProcessHandle.of(number).orElseThrow();
      // The JVM waits for the end and leaves the reaping to us.
      var _ = process.onExit().thenRun(() -> reap(number));
      library.leash(life.read(), number);
      Child child = new Child(process, life.write(), () -> unleash(life.read()), place, now);
      born = true;
      return child;
    } finally {
      if (!born) {
        library.close(life.read());
      }
      library.close(life.write());
    }
  }

  private void unleash(int pipe) {
    library.unleash(pipe);
    library.close(pipe);
  }

  /// Told through the pipe, so that it comes after everything that the child has said.
  private void reap(int number) {
    OptionalInt status = library.reap(number);
    tell(new Note(Note.Kind.GONE, number, status.orElse(0)));
  }

  private void tell(Note note) {
    try {
      own.write(note.bytes());
    } catch (IOException closed) {
      // Nobody reads any more.
    }
  }

  /// Hands on what the children say until [#close].
  void read(Consumer<Note> reader) {
    try (news) {
      for (Note note = Note.read(news); note.kind() != Note.Kind.END; note = Note.read(news)) {
        reader.accept(note);
      }
    } catch (IOException thrown) {
      throw new java.io.UncheckedIOException("the pipe of the children failed", thrown);
    }
  }

  void close() {
    tell(new Note(Note.Kind.END, 0, 0));
    try {
      own.close();
    } catch (IOException ignored) {
      // Nothing was left to be written.
    }
    library.close(pen);
  }
}

package usher.testkit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import usher.server.Model;
import usher.testkit.Await;

/// All behaviours of the sessions, drivers and models themselves, and the models that they run on.
public final class Contract {
  private Contract() {}

  /// The behaviours, in the order of the page.
  public static Suite core() {
    return new Suite(
        "core",
        "Sessions, drivers and models",
        List.of(
            new Suite.Group("Bytes both ways", Talking.all()).overAllSockets(),
            new Suite.Group("Calls of user code", Calling.all()),
            new Suite.Group("Handlers that hold their thread", Holding.streams()),
            new Suite.Group("Failures", Failing.all()),
            new Suite.Group("Ends, halves and heirs", Ending.all()),
            new Suite.Group("Deadlines and back-pressure", Waiting.all()),
            new Suite.Group("Draining and closing", Draining.all()),
            new Suite.Group("Files", Sending.all()),
            new Suite.Group("Seats, queues, descriptors", Crowding.all()),
            new Suite.Group("Overload", Shedding.all()),
            new Suite.Group("Listening", Listening.all()).overAllSockets(),
            new Suite.Group("Stream handlers", Streaming.all()),
            new Suite.Group("Lent streams", Lending.all())));
  }

  /// The behaviours of datagram services, and of conversations in datagrams.
  public static Suite datagrams() {
    return new Suite(
        "datagrams",
        "Datagram services",
        List.of(
            new Suite.Group("Datagrams both ways", Posting.all()),
            new Suite.Group("Handlers that hold their thread", Holding.datagrams()),
            new Suite.Group("Failures, queues and seats", Dropping.all()),
            new Suite.Group("Listening, draining and closing", Delivering.all()),
            new Suite.Group("Conversations", Conversing.all()),
            new Suite.Group("Ends of conversations", Parting.all())),
        Transport.DATAGRAMS);
  }

  /// Has a virtual thread wait for a socket once: what the JVM opens for that, it keeps, and no
  /// trial has leaked it.
  static void warmUp() throws Exception {
    try (ServerSocketChannel listener = ServerSocketChannel.open();
        SocketChannel near = SocketChannel.open(listener.bind(null).getLocalAddress());
        SocketChannel far = listener.accept()) {
      Thread waiting =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      int _ = near.read(ByteBuffer.allocate(1));
                    } catch (IOException unexpected) {
                      throw new UncheckedIOException(unexpected);
                    }
                  });
      Await.until("it waits", Trial.LONG, () -> waiting.getState() == Thread.State.WAITING);
      int _ = far.write(ByteBuffer.allocate(1));
      waiting.join();
    }
  }

  /// The model of this name with few threads: enough for a trial, and soon exhausted.
  static Model model(String name) {
    Model model =
        Model.named(name).orElseThrow(() -> new IllegalArgumentException("no model " + name));
    return switch (model) {
      case Model.EventLoops _ -> model.withThreads(2);
      case Model.ThreadPool _, Model.EventLoopWorkers _ -> model.withThreads(4);
      case Model.Prefork _ -> model.withThreads(2);
      case Model.ProcessPerConnection _ -> new Model.ProcessPerConnection(0, 1);
      default -> model;
    };
  }
}

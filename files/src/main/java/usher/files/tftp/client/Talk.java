package usher.files.tftp.client;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import usher.files.LibraryException;
import usher.files.tftp.transfer.Conversation;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.TftpException;
import usher.files.tftp.wire.Trouble;
import usher.session.Cause;
import usher.session.Outcome;
import usher.session.Step;

/// Has one conversation with a server, on this thread: obeys the steps of the client's machine, as
/// a driver does those of a server's.
///
/// The request goes to the server's port; who answers it from the same host is the partner, and
/// others are told that they are not (RFC 1350, 4).
final class Talk {
  private static final int ROOM = 1 << 16;
  private static final long MILLI = 1_000_000;

  private final DatagramSocket socket;
  private final InetSocketAddress server;
  private final DatagramPacket came = new DatagramPacket(new byte[ROOM], ROOM);
  private final long start = System.nanoTime();
  private @Nullable SocketAddress partner;
  private @Nullable Throwable failed;

  Talk(DatagramSocket socket, InetSocketAddress server) {
    this.socket = socket;
    this.server = server;
  }

  /// Goes on to the end.
  ///
  /// @throws LibraryException if the server refuses
  /// @throws TftpException if it refuses the options
  /// @throws IOException if it does not answer, or something here fails
  void run(Conversation first) throws IOException, TftpException {
    Conversation leg = first;
    try {
      for (boolean goes = true; goes; ) {
        Step step = leg.next(now());
        switch (step) {
          case Step.Write(ByteBuffer bytes) -> send(bytes, partner == null ? server : partner);
          case Step.Call call -> leg.complete(call.key(), outcome(call));
          case Step.Become(Conversation next) -> leg = next;
          case Step.Park _ -> listen(leg);
          case Step.Close _ -> goes = false;
          default -> throw new IllegalStateException("no step of a transfer: " + step);
        }
      }
    } finally {
      leg.lost(Cause.FINISHED);
    }
    TftpException trouble = leg.trouble();
    if (failed != null) {
      rethrow(failed);
    } else if (trouble != null) {
      refuse(trouble, leg.told());
    }
  }

  private long now() {
    return System.nanoTime() - start;
  }

  private Outcome outcome(Step.Call call) {
    try {
      return new Outcome.Value(call.task().run());
    } catch (Exception thrown) {
      failed = thrown;
      return new Outcome.Failure(thrown);
    }
  }

  private void send(ByteBuffer bytes, SocketAddress where) throws IOException {
    byte[] datagram = new byte[bytes.remaining()];
    bytes.get(datagram);
    socket.send(new DatagramPacket(datagram, datagram.length, where));
  }

  private void listen(Conversation leg) throws IOException {
    long left = leg.deadline() - now();
    if (left <= 0) {
      leg.expire(now());
      return;
    }
    socket.setSoTimeout((int) Math.max(1, left / MILLI));
    came.setLength(ROOM);
    try {
      socket.receive(came);
    } catch (SocketTimeoutException nothing) {
      return;
    }
    if (came.getLength() == 0) {
      return;
    }
    SocketAddress from = came.getSocketAddress();
    if (partner == null && came.getAddress().equals(server.getAddress())) {
      partner = from;
    }
    ByteBuffer bytes = ByteBuffer.wrap(came.getData(), 0, came.getLength());
    if (from.equals(partner)) {
      leg.receive(bytes);
    } else {
      turnAway(bytes, from);
    }
  }

  private void turnAway(ByteBuffer bytes, SocketAddress stranger) throws IOException {
    try {
      if (Packet.of(bytes) instanceof Packet.Fault) {
        return;
      }
    } catch (TftpException strange) {
      // Told below.
    }
    String text = "there is no such transfer";
    send(new Packet.Fault(Trouble.UNKNOWN_TRANSFER.code(), text).datagram(), stranger);
  }

  private static void rethrow(Throwable thrown) throws IOException {
    switch (thrown) {
      case IOException known -> throw known;
      case RuntimeException known -> throw known;
      default -> throw new IOException(thrown);
    }
  }

  private void refuse(TftpException trouble, boolean told) throws IOException, TftpException {
    if (!told) {
      throw new IOException(trouble.text() + " from " + server);
    }
    LibraryException.Code code =
        switch (trouble.trouble()) {
          case OPTION_REFUSED -> throw trouble;
          case NOT_FOUND -> LibraryException.Code.NOT_FOUND;
          case ACCESS_VIOLATION -> LibraryException.Code.DENIED;
          case NO_SPACE -> LibraryException.Code.NO_SPACE;
          case EXISTS -> LibraryException.Code.EXISTS;
          case OTHER, ILLEGAL_OPERATION, UNKNOWN_TRANSFER, NO_SUCH_USER ->
              LibraryException.Code.BROKEN;
        };
    throw new LibraryException(code, "the server says: " + trouble.text());
  }
}

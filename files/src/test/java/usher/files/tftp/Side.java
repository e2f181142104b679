package usher.files.tftp;

import java.nio.ByteBuffer;
import java.util.List;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.TftpException;
import usher.session.Protocol;
import usher.session.Session;
import usher.testkit.ManualClock;
import usher.testkit.drive.DatagramRehearsal;

/// One side of a transfer without a socket, which hears packets and says some.
record Side(DatagramRehearsal rehearsal) {
  Side(Session session, ManualClock clock) {
    this(new DatagramRehearsal(session, clock));
  }

  /// A session of a server, before its first datagram.
  static Side of(Protocol protocol, String host, ManualClock clock) {
    return new Side(DatagramRehearsal.of(protocol, host, clock));
  }

  Side hold() {
    rehearsal.hold();
    return this;
  }

  /// Runs the call that was held first.
  Side release() {
    rehearsal.release();
    return this;
  }

  int held() {
    return rehearsal.held();
  }

  Side hear(Packet packet) {
    return hear(packet.datagram());
  }

  Side hear(ByteBuffer datagram) {
    rehearsal.hear(datagram);
    return this;
  }

  /// Time has passed.
  Side tick() {
    rehearsal.tick();
    return this;
  }

  /// Time goes on to the next deadline.
  Side expire() {
    rehearsal.expire();
    return this;
  }

  Side drain(long parting) {
    rehearsal.drain(parting);
    return this;
  }

  Side lose() {
    rehearsal.lose();
    return this;
  }

  boolean over() {
    return rehearsal.over();
  }

  Session session() {
    return rehearsal.session();
  }

  long deadline() {
    return rehearsal.deadline();
  }

  /// What was sent since the last time, as bytes.
  List<ByteBuffer> takeBytes() {
    return rehearsal.take();
  }

  /// What was sent since the last time.
  List<Packet> take() {
    return takeBytes().stream().map(Side::packet).toList();
  }

  /// The one packet that was sent since the last time.
  Packet only() {
    List<Packet> all = take();
    if (all.size() != 1) {
      throw new AssertionError("not one packet: " + all);
    }
    return all.getFirst();
  }

  private static Packet packet(ByteBuffer bytes) {
    try {
      return Packet.of(bytes.duplicate());
    } catch (TftpException wrong) {
      throw new AssertionError(wrong);
    }
  }
}

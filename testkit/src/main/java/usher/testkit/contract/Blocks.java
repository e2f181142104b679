package usher.testkit.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import usher.session.Carriage;
import usher.session.Cause;
import usher.session.Opening;
import usher.session.Outcome;
import usher.session.Protocol;
import usher.session.ProtocolException;
import usher.session.Session;
import usher.session.Step;

/// A transfer in lock step, as TFTP has it: a datagram asks for so many blocks, each block is sent
/// until it is acknowledged, and only then the next one.
///
/// ```
///   SEND ──Write──► WAIT ──its acknowledgement──► SEND the next, or close after the last
///     ▲              │
///     └──deadline────┘ (at most [#TIMES] in a row)
/// ```
final class Blocks implements Protocol {
  static final int SIZE = 512;

  private static final int HEAD = 4;
  private static final int TIMES = 400;

  private final Duration patience;

  /// @param patience after which a block is sent again
  Blocks(Duration patience) {
    this.patience = patience;
  }

  @Override
  public String name() {
    return "blocks";
  }

  @Override
  public Carriage carriage() {
    return Carriage.datagrams(HEAD + SIZE);
  }

  @Override
  public Session open(Opening opening) {
    return new Transfer();
  }

  // ---- the client's side

  /// Asks for blocks, and loses some: each block is acknowledged when it has come so often.
  static void fetch(Talker talker, int blocks, int each) throws IOException {
    talker.send(number(blocks));
    for (int block = 0; block < blocks; block++) {
      for (int times = 0; times < each; ) {
        ByteBuffer came = ByteBuffer.wrap(talker.take());
        // One that was acknowledged may have been sent again before that was known.
        if (came.getInt() == block) {
          times++;
          Expect.equal("size of block " + block, SIZE, came.remaining());
          Expect.equal("a byte of block " + block, (byte) block, came.get(HEAD + SIZE - 1));
        }
      }
      talker.send(number(block));
    }
  }

  /// Waits for this block; others may have been sent again before.
  static void await(Talker talker, int block) throws IOException {
    while (ByteBuffer.wrap(talker.take()).getInt() != block) {
      // It has been here before.
    }
  }

  static byte[] number(int value) {
    return ByteBuffer.allocate(HEAD).putInt(value).array();
  }

  // ---- the server's side

  private final class Transfer implements Session {
    private int blocks = -1;
    private int block;
    private int times;
    private boolean sends;
    private long since = -1;

    @Override
    public void receive(ByteBuffer in) {
      if (in.remaining() != HEAD) {
        String text = StandardCharsets.ISO_8859_1.decode(in).toString();
        throw ProtocolException.peer("no number: " + text);
      }
      int number = in.getInt();
      if (blocks < 0) {
        blocks = number;
        sends = true;
      } else if (number == block) {
        block++;
        times = 0;
        sends = true;
      }
    }

    @Override
    public void receiveEnd() {
      throw ProtocolException.ours("datagrams have no end");
    }

    @Override
    public void complete(long key, Outcome outcome) {
      throw ProtocolException.ours("nothing was called");
    }

    @Override
    public void expire(long now) {
      sends = true;
    }

    @Override
    public void drain(long parting) {
      // What has begun is finished.
    }

    @Override
    public void lost(Cause cause) {}

    @Override
    public Step next(long now) {
      if (blocks >= 0 && block == blocks) {
        return Step.CLOSE;
      }
      if (sends) {
        sends = false;
        since = -1;
        if (++times > TIMES) {
          return Step.CLOSE;
        }
        byte[] bytes = new byte[HEAD + SIZE];
        Arrays.fill(bytes, (byte) block);
        return new Step.Write(ByteBuffer.wrap(bytes).putInt(0, block));
      }
      if (since < 0) {
        since = now;
      }
      return Step.INPUT;
    }

    @Override
    public long deadline() {
      return since + patience.toNanos();
    }
  }
}

package usher.files.tftp.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import usher.files.tftp.wire.Mode;
import usher.files.tftp.wire.Netascii;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.Terms;
import usher.files.tftp.wire.TftpException;
import usher.files.tftp.wire.Trouble;
import usher.session.Step;

/// The side that receives the file.
///
/// ```
///   HEARS ──window full, or too little memory left──► WRITES ──► HEARS …
///     └──the short block──► WRITES, commits ──► LINGERS ──time──► over
/// ```
///
/// - A window is acknowledged at its end; when a block is missing, at once, and once for each gap:
///   what comes behind a gap is dropped (RFC 7440, 4).
/// - A block that has come before is not answered, but for the last one that was acknowledged: then
///   that answer may have been lost.
/// - The last block is acknowledged when the file is stored, so that the peer knows if it was not.
///   Then it stays for a while, for a peer that has not heard so.
public final class Inflow implements Flow {
  /// How much is gathered before it is written.
  private static final int CHUNK = 64 << 10;

  private enum State {
    HEARS,
    WRITES,
    LINGERS,
    OVER
  }

  private final Terms terms;
  private final BlockSink sink;
  private final @Nullable Netascii text;
  private final boolean lingering;
  private ByteArrayOutputStream gathered = new ByteArrayOutputStream();
  private State state = State.HEARS;
  private ByteBuffer answer;
  private boolean due;
  private long last;
  private int fresh;
  private boolean gap;
  private boolean whole;
  private boolean writing;

  /// @param answer what is said before the first block has come
  /// @param due whether it is said now, or only if no block comes
  /// @param lingering whether it stays for a peer that has not heard the end
  public Inflow(
      Terms terms, BlockSink sink, Mode mode, Packet answer, boolean due, boolean lingering) {
    this.terms = terms;
    this.sink = sink;
    this.text = mode == Mode.NETASCII ? new Netascii() : null;
    this.answer = answer.datagram();
    this.due = due;
    this.lingering = lingering;
  }

  @Override
  public boolean take(Packet packet) throws TftpException {
    if (packet instanceof Packet.OptionAck) {
      // Once more, since the answer to it was lost; unless it was only late.
      due |= last == 0;
      return false;
    }
    if (!(packet instanceof Packet.Data(int number, byte[] bytes))) {
      throw Flow.unexpected(packet);
    }
    if (bytes.length > terms.blockSize()) {
      throw new TftpException(
          Trouble.ILLEGAL_OPERATION, "a block here has " + terms.blockSize() + " bytes at most");
    }
    int ahead = (short) (number - last);
    if (ahead == 0 && last > 0 && fresh == 0) {
      due = true;
    } else if (ahead == 1 && !whole) {
      next(bytes);
      return true;
    } else if (ahead > 1 && !gap && !whole && last + ahead <= highest()) {
      gap = true;
      acknowledge();
    }
    return false;
  }

  /// The last block that the peer can have sent by now.
  private long highest() {
    return last - fresh + terms.window();
  }

  private void next(byte[] bytes) {
    last++;
    fresh++;
    gap = false;
    gathered.writeBytes(bytes);
    whole = bytes.length < terms.blockSize();
    if (whole || (fresh == terms.window() && gathered.size() >= CHUNK)) {
      // Said when it is written.
      state = State.WRITES;
    } else if (fresh == terms.window()) {
      acknowledge();
    }
  }

  private void acknowledge() {
    fresh = 0;
    answer = new Packet.Ack((int) last & 0xFFFF).datagram();
    due = true;
  }

  @Override
  public @Nullable ByteBuffer packet() {
    if (!due || state == State.WRITES) {
      return null;
    }
    due = false;
    if (state == State.LINGERS && !lingering) {
      state = State.OVER;
    }
    return answer.duplicate();
  }

  @Override
  public void again() {
    if (state == State.LINGERS) {
      state = State.OVER;
    } else if (last > 0) {
      gap = false;
      acknowledge();
    } else {
      due = true;
    }
  }

  @Override
  public Step.@Nullable Task work() {
    if (state != State.WRITES || writing) {
      return null;
    }
    writing = true;
    byte[] bytes = gathered.toByteArray();
    gathered = new ByteArrayOutputStream();
    boolean end = whole;
    return () -> {
      write(bytes, end);
      return null;
    };
  }

  private void write(byte[] bytes, boolean end) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(bytes);
    Netascii decoder = text;
    if (decoder != null) {
      out = ByteBuffer.allocate(bytes.length + 2);
      decoder.decode(ByteBuffer.wrap(bytes), out);
      if (end) {
        decoder.finish(out);
      }
      out.flip();
    }
    if (out.hasRemaining()) {
      sink.write(out);
    }
    if (end) {
      sink.commit();
    }
  }

  @Override
  public void worked(@Nullable Object result) {
    writing = false;
    state = whole ? State.LINGERS : State.HEARS;
    acknowledge();
  }

  @Override
  public boolean hears() {
    return state != State.WRITES;
  }

  @Override
  public boolean waits() {
    return hears();
  }

  @Override
  public boolean lingers() {
    return state == State.LINGERS;
  }

  @Override
  public boolean over() {
    return state == State.OVER;
  }

  @Override
  public void close() {
    sink.close();
  }
}

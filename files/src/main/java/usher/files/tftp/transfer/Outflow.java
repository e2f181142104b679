package usher.files.tftp.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.Terms;
import usher.files.tftp.wire.TftpException;
import usher.session.Step;

/// The side that sends the file.
///
/// ```
///            acknowledged │◄──── window ────►│
///     …  ─────────────────┼────────┬─────────┼──────────────┬────────  …
///                       base     sent                    read ahead
/// ```
///
/// - A block is sent again for two reasons: nothing has come in time, or an answer says that a part
///   of the window has come, which means that the next one has not (RFC 7440, 4).
/// - An answer that says nothing new is not heard, so packets that are doubled on the way stay
///   doubled once, and not for the rest of the file (the Sorcerer's Apprentice; RFC 1123, 4.2.3.1).
/// - Numbers begin again at 0 behind 65,535, so a file may have any size.
/// - Options that were asked for are answered first; the first block follows when that is
///   acknowledged as block 0.
public final class Outflow implements Flow {
  /// How many bytes are read at once, unless a window has more.
  private static final int CHUNK = 32 << 10;

  private final Terms terms;
  private final BlockSource source;
  private final int batch;

  /// Read ahead.
  private final ArrayDeque<byte[]> ready = new ArrayDeque<>();

  /// Those behind `base` that have been sent.
  private final List<byte[]> flying = new ArrayList<>();

  private @Nullable ByteBuffer prelude;
  private boolean preluded;
  private boolean reading;
  private boolean whole;
  private long base;
  private int sent;

  /// @param prelude what is sent, and acknowledged, before the first block
  public Outflow(Terms terms, BlockSource source, @Nullable Packet prelude) {
    this.terms = terms;
    this.source = source;
    this.batch = Math.max(terms.window(), CHUNK / terms.blockSize());
    this.prelude = prelude == null ? null : prelude.datagram();
  }

  /// The first blocks, for who has read them already.
  public Outflow with(BlockSource.Batch first) {
    worked(first);
    return this;
  }

  /// Reads the first blocks.
  public BlockSource.Batch first() throws IOException {
    return source.read(batch);
  }

  @Override
  public boolean take(Packet packet) throws TftpException {
    if (packet instanceof Packet.OptionAck) {
      // Once more: it was heard the first time.
      return false;
    }
    if (!(packet instanceof Packet.Ack(int number))) {
      throw Flow.unexpected(packet);
    }
    if (prelude != null) {
      if (number != 0 || !preluded) {
        return false;
      }
      prelude = null;
      return true;
    }
    int count = (int) (number - base) & 0xFFFF;
    if (count == 0 || count > flying.size()) {
      return false;
    }
    base += count;
    flying.subList(0, count).clear();
    // What is left of the window has been sent, and something of it did not come.
    sent = 0;
    return true;
  }

  @Override
  public @Nullable ByteBuffer packet() {
    ByteBuffer first = prelude;
    if (first != null) {
      if (preluded) {
        return null;
      }
      preluded = true;
      return first.duplicate();
    }
    if (sent == flying.size()) {
      byte[] next = sent < terms.window() ? ready.poll() : null;
      if (next == null) {
        return null;
      }
      flying.add(next);
    }
    byte[] block = flying.get(sent);
    sent++;
    return new Packet.Data((int) (base + sent) & 0xFFFF, block).datagram();
  }

  @Override
  public void again() {
    preluded = false;
    sent = 0;
  }

  @Override
  public Step.@Nullable Task work() {
    if (whole || reading || ready.size() > batch) {
      return null;
    }
    reading = true;
    return this::first;
  }

  @Override
  public void worked(@Nullable Object result) {
    reading = false;
    if (result instanceof BlockSource.Batch(List<byte[]> blocks, boolean last)) {
      ready.addAll(blocks);
      whole = last;
    }
  }

  @Override
  public boolean hears() {
    return true;
  }

  @Override
  public boolean waits() {
    return prelude != null || !flying.isEmpty();
  }

  @Override
  public boolean lingers() {
    return false;
  }

  @Override
  public boolean over() {
    return whole && ready.isEmpty() && !waits();
  }

  @Override
  public void close() {
    source.close();
  }
}

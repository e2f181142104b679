package usher.files.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import usher.files.Deposit;
import usher.files.FileLibrary;
import usher.files.FileName;
import usher.files.OpenFile;
import usher.files.Upload;
import usher.files.tftp.transfer.Agreement;
import usher.files.tftp.transfer.BlockSink;
import usher.files.tftp.transfer.BlockSource;
import usher.files.tftp.transfer.Conversation;
import usher.files.tftp.transfer.Inflow;
import usher.files.tftp.transfer.Outflow;
import usher.files.tftp.transfer.Patience;
import usher.files.tftp.transfer.Transfer;
import usher.files.tftp.wire.Mode;
import usher.files.tftp.wire.Options;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.TftpException;
import usher.files.tftp.wire.Trouble;
import usher.session.Cause;
import usher.session.Errand;
import usher.session.Outcome;
import usher.session.Step;

/// One client of a TFTP server, until its transfer begins.
///
/// ```
///   ASKED ──request──► OPENS the file ──► a [Transfer]
///     │                   │
///     └──no request───────┴──refused──► ERROR ──► closed
/// ```
final class TftpSession extends Conversation implements Errand.Clearing {
  /// A datagram has come already when a session is opened, so this is never waited for.
  private static final Duration FIRST = Duration.ofSeconds(1);

  private static final Duration LONGEST = Patience.USUAL.longest();

  private final FileLibrary library;
  private final TftpRules rules;
  private final boolean seated;
  private final Runnable left;
  private Packet.@Nullable Request request;
  private @Nullable Errand errand;
  private @Nullable Transfer transfer;
  private boolean calling;
  private volatile String task = "";

  /// @param seated whether there is room for a transfer
  /// @param left run once, when the connection is gone
  TftpSession(FileLibrary library, TftpRules rules, boolean seated, Runnable left) {
    this.library = library;
    this.rules = rules;
    this.seated = seated;
    this.left = left;
  }

  @Override
  protected boolean hears() {
    return request == null;
  }

  @Override
  protected void take(Packet packet) throws TftpException {
    switch (packet) {
      case Packet.Request asked when !seated ->
          throw new TftpException(Trouble.OTHER, "too many transfers; try again later");
      case Packet.Request asked -> {
        Mode _ = Mode.of(asked.mode());
        request = asked;
        task = (asked.writes() ? "WRQ " : "RRQ ") + asked.name();
      }
      case Packet.OptionAck _ ->
          throw new TftpException(Trouble.ILLEGAL_OPERATION, "that begins no transfer");
      default -> throw new TftpException(Trouble.UNKNOWN_TRANSFER, "there is no such transfer");
    }
  }

  private Transfer open(Packet.Request asked) throws IOException, TftpException {
    // Devices that know of one folder only name files as if it were the root.
    String text = asked.name().startsWith("/") ? asked.name().substring(1) : asked.name();
    FileName name = new FileName(text);
    Mode mode = Mode.of(asked.mode());
    return asked.writes() ? writing(asked, name, mode) : reading(asked, name, mode);
  }

  private Transfer reading(Packet.Request asked, FileName name, Mode mode) throws IOException {
    OpenFile file = library.open(name);
    boolean begun = false;
    try {
      long size = file.entry().size();
      Agreement agreement = agreement(asked.options(), mode == Mode.OCTET ? size : -1);
      BlockSource source =
          new BlockSource(
              file.channel(), size, mode, agreement.terms().blockSize(), BlockSource.UNWATCHED);
      Packet prelude =
          agreement.accepted().isEmpty() ? null : new Packet.OptionAck(agreement.accepted());
      Outflow flow = new Outflow(agreement.terms(), source, prelude);
      flow = flow.with(flow.first());
      begun = true;
      return new Transfer(flow, agreement.terms(), patience(), false, left);
    } finally {
      if (!begun) {
        file.close();
      }
    }
  }

  private Transfer writing(Packet.Request asked, FileName name, Mode mode) {
    long told = Options.number(asked.options().getOrDefault(Options.TSIZE, ""));
    Agreement agreement = agreement(asked.options(), told);
    // Some clients say 0 before they know better, and text has another size here.
    long size = mode == Mode.OCTET && told > 0 ? told : Deposit.UNKNOWN;
    Upload upload = library.store(new Deposit(name, size, Optional.empty(), !rules.replacing()));
    Packet answer =
        agreement.accepted().isEmpty()
            ? new Packet.Ack(0)
            : new Packet.OptionAck(agreement.accepted());
    Inflow flow = new Inflow(agreement.terms(), new UploadSink(upload), mode, answer, true, true);
    return new Transfer(flow, agreement.terms(), patience(), false, left);
  }

  private Agreement agreement(Map<String, String> options, long size) {
    return Agreement.of(
        options,
        new Agreement.Bounds(
            rules.blockSize(),
            rules.window(),
            rules.windowBytes(),
            rules.timeout(),
            rules.mostTimeout()),
        size);
  }

  private Patience patience() {
    return new Patience(rules.unanswered(), rules.silent(), LONGEST);
  }

  @Override
  public void complete(long key, Outcome outcome) {
    errand = null;
    switch (outcome) {
      case Outcome.Value(Transfer begun) -> transfer = begun;
      case Outcome.Value _ -> throw new IllegalStateException("no transfer");
      case Outcome.Failure(Throwable thrown) -> fail(trouble(thrown));
    }
  }

  @Override
  public void expire(long now) {
    if (timeUp(now)) {
      end();
    }
  }

  @Override
  public void drain(long parting) {
    // What was asked for is begun, and goes on to its end.
  }

  @Override
  public void lost(Cause cause) {
    Errand underWay = errand;
    if (underWay != null) {
      left.run();
      underWay.abandon();
    } else if (transfer != null) {
      transfer.lost(cause);
    } else {
      left.run();
    }
  }

  @Override
  public void clear(@Nullable Object result) {
    if (result instanceof Transfer begun) {
      begun.release();
    }
  }

  @Override
  protected Step goOn(long now) {
    Transfer begun = transfer;
    if (begun != null) {
      return new Step.Become(begun);
    }
    Packet.Request asked = request;
    if (asked == null) {
      allow(now, FIRST.toNanos());
      return Step.INPUT;
    }
    stopTime();
    if (!calling) {
      calling = true;
      Errand opening = new Errand(() -> open(asked), this);
      errand = opening;
      return new Step.Call(1, opening, Step.Kind.BLOCKING);
    }
    return Step.QUIET;
  }

  @Override
  public String task() {
    return task;
  }

  /// A file of the library.
  private record UploadSink(Upload upload) implements BlockSink {
    @Override
    public void write(ByteBuffer bytes) {
      upload.write(bytes);
    }

    @Override
    public void commit() {
      upload.commit();
    }

    @Override
    public void close() {
      upload.close();
    }
  }
}

package usher.files.tftp.transfer;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import usher.files.tftp.wire.Options;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.Terms;
import usher.files.tftp.wire.TftpException;
import usher.files.tftp.wire.Trouble;
import usher.session.Cause;
import usher.session.Outcome;
import usher.session.Step;

/// The client's side until the server has answered its request.
///
/// ```
///   ASKS ──OACK, ACK 0, DATA 1──► a [Transfer]
///     ├──ERROR, no answer──► closed
///     └──options that nobody asked for──► ERROR 8 ──► closed
/// ```
public final class Greeting extends Conversation {
  private final Packet.Request request;
  private final Patience patience;
  private final Sides sides;
  private final Duration timeout;
  private boolean due = true;
  private int again;
  private @Nullable Transfer transfer;

  /// Makes what the client does when it knows the terms.
  public interface Sides {
    /// It receives.
    ///
    /// @param size of the file, or -1 if that is not known
    /// @param answer what is said to the server before it sends anything
    /// @param due whether it is said now
    Inflow reads(Terms terms, long size, Packet answer, boolean due);

    /// It sends.
    Outflow writes(Terms terms);
  }

  /// @param timeout after which the request is sent again
  public Greeting(Packet.Request request, Duration timeout, Patience patience, Sides sides) {
    this.request = request;
    this.timeout = timeout;
    this.patience = patience;
    this.sides = sides;
  }

  @Override
  protected boolean hears() {
    return transfer == null;
  }

  @Override
  protected void take(Packet packet) throws TftpException {
    Terms plain = new Terms(Terms.USUAL_BLOCK, 1, timeout);
    switch (packet) {
      case Packet.OptionAck(var options) -> agree(options);
      case Packet.Ack(int number) when request.writes() && number == 0 -> write(plain);
      case Packet.Data(int number, byte[] _) when !request.writes() && number == 1 -> {
        Inflow inflow = sides.reads(plain, -1, new Packet.Ack(0), false);
        transfer = transfer(inflow, plain);
        transfer.take(packet);
      }
      default ->
          throw new TftpException(Trouble.ILLEGAL_OPERATION, "that does not answer a request");
    }
  }

  private void agree(Map<String, String> options) throws TftpException {
    Terms terms = Agreement.terms(request.options(), options, timeout);
    if (request.writes()) {
      write(terms);
    } else {
      long size = Options.number(options.getOrDefault(Options.TSIZE, ""));
      transfer = transfer(sides.reads(terms, size, new Packet.Ack(0), true), terms);
    }
  }

  private void write(Terms terms) {
    transfer = new Transfer(sides.writes(terms), terms, patience, true, () -> {});
  }

  private Transfer transfer(Inflow inflow, Terms terms) {
    return new Transfer(inflow, terms, patience, true, () -> {});
  }

  @Override
  public void complete(long key, Outcome outcome) {
    throw new IllegalStateException("nothing was called");
  }

  @Override
  public void expire(long now) {
    if (!timeUp(now)) {
      return;
    }
    if (again == patience.silent()) {
      giveUp();
    } else {
      again++;
      due = true;
    }
  }

  @Override
  public void drain(long parting) {}

  @Override
  public void lost(Cause cause) {}

  @Override
  protected Step goOn(long now) {
    Transfer begun = transfer;
    if (begun != null) {
      return new Step.Become(begun);
    }
    if (due) {
      due = false;
      return new Step.Write(request.datagram());
    }
    allow(now, patience.pause(timeout, again));
    return Step.INPUT;
  }
}

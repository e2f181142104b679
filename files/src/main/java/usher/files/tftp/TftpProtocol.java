package usher.files.tftp;

import usher.files.FileLibrary;
import usher.files.tftp.wire.Packet;
import usher.session.Carriage;
import usher.session.Opening;
import usher.session.Protocol;
import usher.session.Session;

/// TFTP for a library, over datagrams: `docs/protocols/tftp.md`.
///
/// Nobody is asked who he is, and the address of a request may be anybody's. So
/// - nothing is stored unless the library takes files, and nothing replaced unless the rules say
///   so;
/// - transfers are bounded, in all and with each address;
/// - who has not answered is sent one packet of at most 516 bytes, and again as often as the rules
///   say: by default 2,064 bytes in all.
public final class TftpProtocol implements Protocol {
  private final FileLibrary library;
  private final TftpRules rules;
  private final Seats seats;

  private TftpProtocol(FileLibrary library, TftpRules rules) {
    this.library = library;
    this.rules = rules;
    this.seats = new Seats(rules.transfers(), rules.each());
  }

  /// Serves a library.
  public static TftpProtocol of(FileLibrary library, TftpRules rules) {
    return new TftpProtocol(library, rules);
  }

  @Override
  public String name() {
    return "tftp";
  }

  /// How many transfers there are.
  public int transfers() {
    return seats.sum();
  }

  /// A block and its head; a request is shorter.
  @Override
  public Carriage carriage() {
    return Carriage.datagrams(Packet.HEAD + rules.blockSize());
  }

  @Override
  public Session open(Opening opening) {
    String host = opening.peer().host();
    boolean seated = seats.take(host);
    Runnable left = seated ? () -> seats.give(host) : () -> {};
    return new TftpSession(library, rules, seated, left);
  }
}

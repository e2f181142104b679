package usher.testkit.drive;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import usher.session.Limits;
import usher.session.Protocol;
import usher.session.Timeouts;
import usher.testkit.drive.HttpAnswers.Answer;

/// Says whether an HTTP session has behaved, whatever bytes came:
/// - it throws nothing and keeps its side of the contract;
/// - what it writes is whole responses, with statuses that it may use;
/// - after one that says `Connection: close` comes nothing more, and the connection ends;
/// - however the bytes are cut, the same comes out;
/// - at the end of input, or of all deadlines, it ends.
///
/// For a protocol whose handler answers at once and tells the method in `X-Method`.
public final class HttpOracle {
  private static final Set<Integer> STATUSES = Set.of(200, 400, 408, 413, 414, 417, 431, 501, 505);
  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

  private final Protocol protocol;
  private final Limits limits;

  /// Judges sessions of this protocol.
  public HttpOracle(Protocol protocol, Limits limits) {
    this.protocol = protocol;
    this.limits = limits;
  }

  /// Judges these bytes, whole and with these cuts, followed by the end of input.
  ///
  /// @return the responses
  public List<Answer> judge(byte[] input, List<Integer> cuts) {
    String whole = talk(input, List.of(), true);
    String cut = talk(input, cuts, true);
    if (!whole.equals(cut)) {
      throw new AssertionError(
          "cut at "
              + cuts
              + " it answers\n"
              + Transcript.shown(cut)
              + "\nbut whole\n"
              + Transcript.shown(whole));
    }
    talk(input, cuts, false);
    return HttpAnswers.read(whole, true);
  }

  /// Everything that is written, but for interim responses, which depend on what comes together.
  private String talk(byte[] input, List<Integer> cuts, boolean end) {
    try (var rehearsal = Rehearsal.of(protocol, limits, Timeouts.DEFAULT)) {
      rehearsal.send(input, cuts);
      if (rehearsal.open()) {
        if (end) {
          rehearsal.end();
        } else {
          // The head, or the idle time; a body may be entitled to more.
          for (int i = 0; i < 10 && rehearsal.open(); i++) {
            rehearsal.advance(Duration.ofDays(1));
          }
        }
      }
      Throwable thrown = rehearsal.thrown();
      if (thrown != null) {
        throw new AssertionError("the session threw " + thrown, thrown);
      }
      if (rehearsal.ended() != Rehearsal.End.CLOSED
          && rehearsal.ended() != Rehearsal.End.LINGERED) {
        throw new AssertionError("in the end it is " + rehearsal.ended());
      }
      check(HttpAnswers.read(rehearsal.text(), true));
      return rehearsal.text().replace(CONTINUE, "");
    }
  }

  private static void check(List<Answer> answers) {
    for (int i = 0; i < answers.size(); i++) {
      Answer answer = answers.get(i);
      if (!STATUSES.contains(answer.status())) {
        throw new AssertionError("an answer of " + answer.status());
      }
      if (!answer.whole()) {
        throw new AssertionError("half an answer: " + answer);
      }
      if (answer.closes() && i < answers.size() - 1) {
        throw new AssertionError("an answer behind one that closes");
      }
      if (answer.status() != 200 && !answer.closes()) {
        throw new AssertionError("a refusal that does not close: " + answer);
      }
    }
  }
}

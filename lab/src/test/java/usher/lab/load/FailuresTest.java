package usher.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import usher.lab.load.LoadPlan.Shape;
import usher.lab.load.LoadPlan.Wire;
import usher.server.Address;

/// Against servers that do what they should not. All that is due ends as good or as a failure.
final class FailuresTest {
  private static final String GOOD = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
  private static final Shape TWO = new Shape("two", 1, "GET", "/", 0, 200, 2, 0, 0);

  private static LoadReport run(Plans plan) throws IOException {
    LoadReport report = plan.run();
    long failed = report.failed();
    assertThat(report.good() + failed).isEqualTo(report.due());
    assertThat(report.slices().stream().mapToLong(LoadReport.Slice::due).sum())
        .isEqualTo(report.due());
    assertThat(report.slices().stream().mapToLong(LoadReport.Slice::good).sum())
        .isEqualTo(report.good());
    return report;
  }

  private static Address nobody() throws IOException {
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Address.tcp(gone.getLocalPort());
    }
  }

  private static Plans plan(Stub stub) {
    return Plans.to(stub.address()).shapes(TWO);
  }

  @Test
  void another_status_is_a_failure_by_its_number() throws IOException {
    try (Stub stub = Stub.answering(GOOD, "HTTP/1.1 500 Oops\nContent-Length: 2\n\nno", GOOD)) {
      LoadReport report = run(plan(stub).connections(1));

      assertThat(report.failures()).isEqualTo(Map.of("status 500", 33L));
      assertThat(report.good()).isEqualTo(67);
      assertThat(stub.accepted).hasValue(1);
    }
  }

  @Test
  void another_length_is_a_failure_and_the_connection_goes_on() throws IOException {
    try (Stub stub = Stub.answering("HTTP/1.1 200 OK\nContent-Length: 3\n\nok!")) {
      assertThat(run(plan(stub)).failures()).isEqualTo(Map.of("wrong length", 100L));
      assertThat(stub.accepted).hasValue(2);
    }
  }

  @Test
  void an_answer_that_is_none_is_malformed() throws IOException {
    try (Stub stub = Stub.answering("hello\n")) {
      LoadReport report = run(plan(stub).patience(0.5));

      assertThat(report.failures()).containsKey("malformed");
      assertThat(report.good()).isZero();
    }
  }

  @Test
  void an_answer_that_is_cut_off_is_a_reset() throws IOException {
    try (Stub stub = Stub.answering("HTTP/1.1 200 OK\nContent-Length: 2\n\no", "")) {
      // A second request is never sent on such a connection, so it waits, and is late in the end.
      LoadReport report = run(plan(stub).patience(0.3));

      assertThat(report.good()).isZero();
      assertThat(report.failures()).containsKey("late");
    }
    try (Stub stub =
        new Stub(
            (_, in, out) -> {
              Stub.request(in);
              out.write("HTTP/1.1 200 OK\r\nContent-Le".getBytes(StandardCharsets.US_ASCII));
            })) {
      LoadReport report = run(plan(stub).connections(20).wire(Wire.CONNECTION_EACH));

      assertThat(report.failures()).isEqualTo(Map.of("reset", 100L));
    }
  }

  @Test
  void a_reset_is_a_reset() throws IOException {
    try (Stub stub =
        new Stub(
            (socket, in, _) -> {
              Stub.request(in);
              socket.setSoLinger(true, 0);
            })) {
      LoadReport report = run(plan(stub).connections(20).wire(Wire.CONNECTION_EACH));

      assertThat(report.failures()).isEqualTo(Map.of("reset", 100L));
    }
  }

  @Test
  void nobody_there_is_refused_in_open_and_closed_loops() throws IOException {
    Plans plan = Plans.to(nobody()).patience(0.5);
    LoadReport each = run(plan.wire(Wire.CONNECTION_EACH));
    LoadReport kept = run(plan);
    LoadReport closed = run(plan.closed());

    assertThat(each.failures()).isEqualTo(Map.of("refused", 100L));
    assertThat(kept.failures()).containsKey("refused");
    assertThat(kept.due()).isEqualTo(100);
    assertThat(kept.waitedForConnection()).isEqualTo(100);
    assertThat(kept.sent()).isZero();
    assertThat(kept.connected()).isZero();
    assertThat(closed.failures()).containsOnlyKeys("refused");
  }

  @Test
  void a_unix_socket_that_is_not_there_is_refused(@TempDir Path folder) throws IOException {
    Plans plan = Plans.to(Address.unix(folder.resolve("none"))).wire(Wire.CONNECTION_EACH);

    assertThat(run(plan).failures()).isEqualTo(Map.of("refused", 100L));
  }

  @Test
  void no_answer_is_late_and_what_could_not_be_sent_meanwhile_is_not_sent() throws IOException {
    try (Stub stub =
        new Stub(
            (_, in, _) -> {
              in.transferTo(OutputStream.nullOutputStream()); // and says nothing
            })) {
      LoadReport report = run(plan(stub).patience(0.2));

      assertThat(report.good()).isZero();
      assertThat(report.failures()).containsOnlyKeys("late", "not sent");
      assertThat(report.sent()).isEqualTo(report.failed("late"));
      assertThat(report.waitedForConnection()).isPositive();
    }
  }

  @Test
  void what_stands_behind_a_late_one_in_a_pipeline_is_given_up_with_it() throws IOException {
    try (Stub stub =
        new Stub(
            (_, in, _) -> {
              in.transferTo(OutputStream.nullOutputStream()); // and says nothing
            })) {
      LoadReport report = run(plan(stub).connections(1).pipeline(100).patience(0.3));

      assertThat(report.failures()).containsKeys("late", "given up");
    }
  }

  @Test
  void a_connection_that_is_closed_between_requests_is_opened_again_without_a_failure()
      throws IOException {
    String last = "HTTP/1.1 200 OK\nContent-Length: 2\nConnection: close\n\nok";
    try (Stub stub = Stub.answering(GOOD, last, "")) {
      LoadReport report = run(plan(stub).connections(1));

      assertThat(report.failures()).isEmpty();
      assertThat(report.good()).isEqualTo(100);
      assertThat(stub.accepted.get()).isBetween(50, 51);
    }
  }

  @Test
  void an_answer_without_a_length_ends_with_its_connection() throws IOException {
    try (Stub stub =
        new Stub(
            (_, in, out) -> {
              Stub.request(in);
              out.write("HTTP/1.1 200 OK\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
            })) {
      LoadReport report = run(plan(stub));

      assertThat(report.failures()).isEmpty();
      assertThat(report.good()).isEqualTo(100);
    }
  }

  @Test
  void an_early_answer_to_an_upload_is_judged_and_ends_the_connection() throws IOException {
    String refusal = "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n";
    try (Stub stub =
        new Stub(
            (_, in, out) -> {
              Stub.request(in);
              out.write(refusal.getBytes(StandardCharsets.US_ASCII));
              // The rest is taken, so that no reset overtakes the answer.
              in.transferTo(OutputStream.nullOutputStream());
            })) {
      Shape upload = new Shape("upload", 1, "POST", "/", 50_000_000, 200, -1, 0, 0);
      LoadReport report = run(plan(stub).shapes(upload).even(20));

      assertThat(report.failures()).isEqualTo(Map.of("status 413", 10L));
    }
  }

  @Test
  void idle_connections_that_are_closed_are_counted() throws IOException {
    try (Stub stub =
        new Stub(
            (_, in, out) -> {
              Stub.request(in);
              Stub.say(out, GOOD);
            })) {
      LoadReport report = run(plan(stub).idle(30).wire(Wire.CONNECTION_EACH));

      assertThat(report.idleLost()).isEqualTo(30);
      assertThat(report.good()).isEqualTo(100);
    }
  }

  @Test
  void idle_connections_that_are_never_answered_are_held_and_counted_as_lost() throws IOException {
    try (Stub stub =
        new Stub(
            (_, in, _) -> {
              in.transferTo(OutputStream.nullOutputStream()); // and says nothing
            })) {
      LoadReport report = run(plan(stub).idle(100).patience(0.3));

      assertThat(report.idleLost()).isEqualTo(100);
      assertThat(report.connected()).isEqualTo(102);
    }
  }
}

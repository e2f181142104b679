package usher.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import usher.server.Address;
import usher.server.Blocked;
import usher.server.Model;
import usher.server.Patience;
import usher.server.Probe;
import usher.server.Server;
import usher.server.jfr.FlightProbe;
import usher.session.Step;
import usher.testkit.contract.Lines;

/// The events of the Flight Recorder, the same under every model.
final class FlightProbeTest {
  private static final int LONG_MILLIS = 30_000;

  @TempDir private Path folder;

  static List<Model> models() {
    return Model.inProcess();
  }

  @ParameterizedTest
  @MethodSource("models")
  void a_recording_shows_what_happened(Model model) throws Exception {
    Path file = folder.resolve("flight.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("usher.Connection");
      recording.enable("usher.Call");
      recording.enable("usher.Blocked");
      recording.start();
      serve(model);
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);

    RecordedEvent connection = only(events, "usher.Connection");
    assertThat(connection.getString("cause")).isEqualTo("FINISHED");
    assertThat(connection.getString("local")).startsWith("127.0.0.1:");
    RecordedEvent call = only(events, "usher.Call");
    assertThat(call.getString("remote")).isEqualTo(connection.getString("remote"));
    assertThat(call.getDuration("took")).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    assertThat(connection.getDuration()).isGreaterThanOrEqualTo(call.getDuration("took"));
    RecordedEvent blocked = only(events, "usher.Blocked");
    assertThat(blocked.getString("task")).isEqualTo("hello");
    assertThat(blocked.getString("stack")).contains("FlightProbeTest");
    assertThat(blocked.getDuration("heldFor")).isLessThanOrEqualTo(call.getDuration("took"));
  }

  private static RecordedEvent only(List<RecordedEvent> events, String name) {
    List<RecordedEvent> found =
        events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.getFirst();
  }

  private static void serve(Model model) throws IOException {
    CountDownLatch reported = new CountDownLatch(1);
    Probe witness =
        new Probe() {
          @Override
          public void blocked(Blocked blocked) {
            reported.countDown();
          }
        };
    Lines protocol =
        new Lines(
            line ->
                List.of(
                    Lines.call(
                        Step.Kind.BLOCKING,
                        () -> {
                          reported.await();
                          return line;
                        })));
    Duration blink = Duration.ofMillis(200);
    try (Server server =
        Server.builder()
            .listen(Address.tcp(0))
            .serve(protocol)
            .model(model)
            .patience(new Patience(blink, blink))
            .probe(new FlightProbe().and(witness))
            .start()) {
      Address.Tcp place = (Address.Tcp) server.addresses().getFirst();
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), place.port())) {
        client.setSoTimeout(LONG_MILLIS);
        client.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(client.getInputStream().readNBytes(6)).asString().isEqualTo("hello\n");
      }
      Await.until("it has gone", Duration.ofSeconds(30), () -> server.active() == 0);
    }
  }
}

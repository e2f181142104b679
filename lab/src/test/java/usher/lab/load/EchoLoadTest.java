package usher.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import usher.lab.load.LoadPlan.Wire;
import usher.server.Address;
import usher.server.DatagramHandler;
import usher.server.Model;
import usher.server.Server;
import usher.service.Echo;
import usher.service.datagram.DatagramServices;

/// Lines and datagrams.
final class EchoLoadTest {
  static List<Model> models() {
    return List.of(new Model.EventLoop(), new Model.VirtualThreads());
  }

  private static Server datagrams(Model model, DatagramHandler handler) throws IOException {
    return Server.builder().listen(Address.udp(0), handler).model(model).start();
  }

  private static void allGood(LoadReport report) {
    assertThat(report.failures()).isEmpty();
    assertThat(report.good()).isEqualTo(report.due()).isEqualTo(report.sent()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("models")
  void lines_come_back(Model model) throws IOException {
    try (Server server =
        Server.builder().listen(Address.tcp(0)).serve(new Echo()).model(model).start()) {
      Plans plan = Plans.to(server.addresses().getFirst()).wire(Wire.LINE).idle(20);

      allGood(plan.shapes(Plans.echo(1)).run());
      allGood(plan.shapes(Plans.echo(60_000)).run());
      allGood(plan.shapes(Plans.echo(100)).closed().pipeline(8).run());
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void datagrams_come_back_in_whatever_order(Model model) throws IOException {
    try (Server server = datagrams(model, DatagramServices.echo())) {
      Plans plan = Plans.to(server.addresses().getFirst()).wire(Wire.DATAGRAM);

      LoadReport open = plan.shapes(Plans.echo(8)).run();
      allGood(open);
      assertThat(open.due()).isEqualTo(100);
      allGood(plan.shapes(Plans.echo(1_000)).closed().pipeline(4).run());
    }
  }

  @Test
  void a_datagram_that_is_lost_is_late_and_holds_up_no_other() throws IOException {
    LongAdder heard = new LongAdder();
    DatagramHandler lossy =
        DatagramHandler.inline(
            in -> {
              heard.increment();
              if (heard.sum() % 4 != 0) {
                in.reply(in.bytes());
              }
            });
    try (Server server = datagrams(new Model.EventLoop(), lossy)) {
      LoadReport report =
          Plans.to(server.addresses().getFirst())
              .wire(Wire.DATAGRAM)
              .shapes(Plans.echo(32))
              .patience(0.3)
              .run();

      assertThat(report.due()).isEqualTo(100).isEqualTo(report.sent());
      assertThat(report.good()).isEqualTo(75);
      assertThat(report.failures()).containsOnlyKeys("late").containsEntry("late", 25L);
    }
  }

  @Test
  void an_answer_of_another_length_is_wrong_and_one_that_is_none_is_passed_over()
      throws IOException {
    DatagramHandler longer =
        DatagramHandler.inline(
            in -> {
              in.reply(ByteBuffer.allocate(3)); // no number
              in.reply(ByteBuffer.allocate(8)); // a number of none
              byte[] answer = new byte[in.bytes().remaining() + 1];
              in.bytes().get(0, answer, 0, answer.length - 1);
              in.reply(ByteBuffer.wrap(answer));
            });
    try (Server server = datagrams(new Model.EventLoop(), longer)) {
      LoadReport report =
          Plans.to(server.addresses().getFirst()).wire(Wire.DATAGRAM).shapes(Plans.echo(32)).run();

      assertThat(report.failures()).isEqualTo(Map.of("wrong length", 100L));
    }
  }

  @Test
  void datagrams_to_nobody_are_refused() throws IOException {
    int port;
    try (DatagramSocket gone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    LoadReport report =
        Plans.to(Address.udp(port)).wire(Wire.DATAGRAM).shapes(Plans.echo(32)).patience(0.3).run();

    assertThat(report.good()).isZero();
    assertThat(report.due()).isEqualTo(100);
    assertThat(report.failures()).containsKey("refused");
    assertThat(report.failed()).isEqualTo(100);
  }

  @Test
  void what_does_not_go_together_is_refused() {
    assertThatThrownBy(() -> Plans.to(Address.udp(9)).run())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Plans.to(Address.tcp(9)).wire(Wire.DATAGRAM).shapes(Plans.echo(8)).run())
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package usher.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import usher.server.Address;
import usher.server.Model;
import usher.server.Probe;
import usher.server.Server;
import usher.testkit.Await;

/// A running server at a UDP address changes its model.
final class ConversationSwitchTest {
  private static final Address ANY = Address.udp("127.0.0.1", 0);

  @Test
  void a_conversation_goes_on_and_is_not_begun_once_more() throws Exception {
    try (Server server =
        Server.builder()
            .model(new Model.EventLoops(2))
            .probe(new Probe() {})
            .listen(ANY, Conversing.echo())
            .start()) {
      Address where = server.addresses().getFirst();
      long repeated = 0;
      for (Model next : Model.inProcess()) {
        try (Talker kept = new Talker(where);
            Talker fresh = new Talker(where)) {
          assertThat(kept.ask("before")).isEqualTo("before");
          server.switchTo(next);
          assertThat(fresh.ask("after")).isEqualTo("after");
          assertThat(fresh.ask("over")).isEqualTo("over");
          kept.call("before");
          long expected = ++repeated;
          Await.until("dropped under " + next, Trial.LONG, () -> server.dropped() == expected);
          assertThat(kept.ask("still there")).isEqualTo("still there");
          assertThat(kept.ask("over")).isEqualTo("over");
        }
      }
    }
  }

  @Test
  void sockets_of_one_process_are_not_given_to_children() throws Exception {
    try (Server server =
            Server.builder()
                .model(new Model.EventLoop())
                .probe(new Probe() {})
                .listen(ANY, Posting.ECHO)
                .start();
        Caller caller = new Caller(server.addresses().getFirst())) {
      assertThatThrownBy(() -> server.switchTo(new Model.Prefork(2, new Model.EventLoop())))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("were made for one process");
      caller.send("still there");
      assertThat(caller.take()).asString().isEqualTo("still there");
    }
  }
}

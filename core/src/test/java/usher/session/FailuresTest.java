package usher.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/// What the contract says of failures, and its defaults.
class FailuresTest {
  @Test
  void a_broken_rule_names_the_guilty_side() {
    assertThat(ProtocolException.peer("sent a bare line feed").guilty())
        .isEqualTo(ProtocolException.Side.PEER);
    assertThat(ProtocolException.ours("wrote nothing").guilty())
        .isEqualTo(ProtocolException.Side.OURS);
  }

  @Test
  void only_our_own_faults_pay_for_a_stack_trace() {
    assertThat(ProtocolException.peer("x").getStackTrace()).isEmpty();
    assertThat(new Overload("x").getStackTrace()).isEmpty();
    assertThat(ProtocolException.ours("x").getStackTrace()).isNotEmpty();
  }

  @Test
  void a_cause_keeps_what_was_thrown() {
    IOException thrown = new IOException("reset");

    assertThat(Cause.peerGone(thrown)).isEqualTo(new Cause(Cause.Kind.PEER_GONE, thrown));
    assertThat(Cause.failed(thrown)).isEqualTo(new Cause(Cause.Kind.FAILED, thrown));
    assertThat(Cause.CUT.thrown()).isNull();
  }

  @Test
  void a_protocol_needs_nothing_and_tells_nothing_unless_it_says_so() {
    Protocol plain =
        new Protocol() {
          @Override
          public String name() {
            return "plain";
          }

          @Override
          public Session open(Opening opening) {
            throw new AssertionError("not opened here");
          }
        };

    assertThat(plain.needs()).isEmpty();
    assertThat(plain.busy()).isEqualTo(ByteBuffer.allocate(0));
  }

  @Test
  void every_capability_says_what_it_means() {
    assertThat(Capability.values()).extracting(Capability::meaning).doesNotHaveDuplicates();
  }
}

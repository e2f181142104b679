package usher.server.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import usher.session.Cause;
import usher.session.Outcome;
import usher.session.ProtocolException;
import usher.session.Session;
import usher.session.Step;

final class InboxTest {
  /// Takes a number of bytes of what it is offered, and keeps them.
  private static final class Eater implements Session {
    private final StringBuilder eaten = new StringBuilder();
    private int most;
    private int offers;

    Eater(int most) {
      this.most = most;
    }

    @Override
    public void receive(ByteBuffer in) {
      offers++;
      for (int i = 0; i < most && in.hasRemaining(); i++) {
        eaten.append((char) in.get());
      }
    }

    @Override
    public void receiveEnd() {
      eaten.append('.');
    }

    @Override
    public void complete(long key, Outcome outcome) {}

    @Override
    public void expire(long now) {}

    @Override
    public void drain(long parting) {}

    @Override
    public void lost(Cause cause) {}

    @Override
    public Step next(long now) {
      return Step.INPUT;
    }

    @Override
    public long deadline() {
      return NEVER;
    }
  }

  private final Inbox inbox = new Inbox();

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void an_empty_inbox_offers_nothing() {
    assertThat(inbox.tell(new Eater(1))).isFalse();
    assertThat(inbox.size()).isZero();
    assertThat(inbox.full()).isFalse();
  }

  @Test
  void what_a_session_leaves_outlives_the_borrowed_buffer() {
    ByteBuffer lent = bytes("abcdef");
    Eater eater = new Eater(2);

    inbox.add(lent);
    boolean _ = inbox.tell(eater);
    inbox.keep();
    lent.clear().put(bytes("xxxxxx"));
    boolean _ = inbox.tell(eater);

    assertThat(eater.eaten).hasToString("abcd");
    assertThat(inbox.size()).isEqualTo(2);
  }

  @Test
  void fresh_bytes_come_after_what_was_left() {
    Eater eater = new Eater(3);

    inbox.add(bytes("abcd"));
    boolean _ = inbox.tell(eater);
    inbox.keep();
    inbox.add(bytes("efgh"));
    inbox.keep();
    boolean _ = inbox.tell(eater);
    boolean _ = inbox.tell(eater);

    assertThat(eater.eaten).hasToString("abcdefgh");
    assertThat(inbox.tell(eater)).isFalse();
  }

  @Test
  void bytes_that_a_session_will_not_take_are_offered_again_only_when_something_has_changed() {
    Eater eater = new Eater(0);
    inbox.add(bytes("abc"));

    boolean _ = inbox.tell(eater);
    assertThat(inbox.tell(eater)).isFalse();

    inbox.add(bytes("d"));
    assertThat(inbox.tell(eater)).isTrue();
    assertThat(inbox.tell(eater)).isFalse();

    inbox.reconsider();
    eater.most = 10;
    assertThat(inbox.tell(eater)).isTrue();
    assertThat(eater.eaten).hasToString("abcd");
    assertThat(eater.offers).isEqualTo(3);
  }

  @Test
  void a_session_that_takes_some_is_offered_the_rest_at_once() {
    Eater eater = new Eater(1);
    inbox.add(bytes("ab"));

    boolean _ = inbox.tell(eater);

    assertThat(inbox.tell(eater)).isTrue();
  }

  @Test
  void only_a_full_inbox_that_is_left_untouched_is_an_error() {
    Eater eater = new Eater(0);

    inbox.add(ByteBuffer.allocate(Inbox.MOST - 1));
    boolean _ = inbox.tell(eater);
    inbox.keep();
    assertThat(inbox.full()).isFalse();
    inbox.check();

    inbox.add(ByteBuffer.allocate(1));
    assertThat(inbox.full()).isTrue();
    inbox.check(); // not offered yet
    boolean _ = inbox.tell(eater);
    assertThatThrownBy(inbox::check)
        .isInstanceOfSatisfying(
            ProtocolException.class,
            thrown -> assertThat(thrown.guilty()).isEqualTo(ProtocolException.Side.OURS));

    eater.most = 1;
    inbox.reconsider();
    boolean _ = inbox.tell(eater);
    inbox.check();
  }

  @Test
  void blocking_code_takes_bytes_out() {
    inbox.add(bytes("abcdef"));
    byte[] into = new byte[10];

    assertThat(inbox.take(into, 2, 4)).isEqualTo(4);
    assertThat(inbox.take(into, 6, 4)).isEqualTo(2);

    assertThat(new String(into, 2, 6, StandardCharsets.US_ASCII)).isEqualTo("abcdef");
    assertThat(inbox.size()).isZero();
  }

  @Test
  void bytes_that_are_given_back_come_first() {
    Eater eater = new Eater(10);
    inbox.add(bytes("def"));

    inbox.giveBack(bytes("abc"));
    inbox.keep();
    boolean _ = inbox.tell(eater);

    assertThat(eater.eaten).hasToString("abcdef");
  }

  @Test
  void a_cleared_inbox_is_empty() {
    inbox.add(bytes("abc"));

    inbox.clear();

    assertThat(inbox.tell(new Eater(1))).isFalse();
    assertThat(inbox.size()).isZero();
  }

  @Test
  void the_end_is_told_once_and_after_all_bytes() {
    Eater eater = new Eater(1);
    inbox.add(bytes("ab"));
    inbox.end();

    while (inbox.tell(eater)) {
      inbox.keep();
    }

    assertThat(eater.eaten).hasToString("ab.");
    assertThat(inbox.ended()).isTrue();
  }

  @Test
  void the_end_is_told_to_an_heir_as_well() {
    inbox.end();
    assertThat(inbox.tell(new Eater(1))).isTrue();
    inbox.inherit();
    Eater heir = new Eater(1);

    assertThat(inbox.tell(heir)).isTrue();
    assertThat(inbox.tell(heir)).isFalse();

    assertThat(heir.eaten).hasToString(".");
  }
}

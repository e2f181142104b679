package usher.testkit.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import usher.session.Cause;
import usher.session.Opening;
import usher.session.Outcome;
import usher.session.Protocol;
import usher.session.Session;
import usher.session.Step;

final class RehearsalTest {
  /// Does what it is told, and writes down what it hears.
  private static class Scripted implements Session, Protocol {
    final Queue<Step> steps = new ArrayDeque<>();
    final List<String> heard = new ArrayList<>();
    Step rest = Step.INPUT;
    long deadline = 100_000_000_000L;
    boolean takes = true;

    Scripted(Step... steps) {
      this.steps.addAll(List.of(steps));
    }

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public Session open(Opening opening) {
      return this;
    }

    @Override
    public void receive(ByteBuffer in) {
      heard.add(StandardCharsets.ISO_8859_1.decode(in.duplicate()).toString());
      if (takes) {
        in.position(in.limit());
      }
    }

    @Override
    public void receiveEnd() {
      heard.add("end");
    }

    @Override
    public void complete(long key, Outcome outcome) {
      heard.add(key + " " + outcome);
    }

    @Override
    public void expire(long now) {
      heard.add("expired");
    }

    @Override
    public void drain(long parting) {
      heard.add("drain");
    }

    @Override
    public void lost(Cause cause) {
      heard.add("lost " + cause.kind());
    }

    @Override
    public Step next(long now) {
      Step step = steps.poll();
      return step == null ? rest : step;
    }

    @Override
    public long deadline() {
      return deadline;
    }
  }

  private static Step write(String text) {
    return new Step.Write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static Step call(long key, Step.Kind kind, @Nullable Object result) {
    return new Step.Call(key, () -> result, kind);
  }

  @Test
  void what_is_written_is_collected_and_inputs_arrive() {
    var session = new Scripted(write("hello"));
    var rehearsal = Rehearsal.of(session);
    rehearsal.send("abc").sendEach("de".getBytes(StandardCharsets.ISO_8859_1)).drain().end();
    assertThat(rehearsal.text()).isEqualTo("hello");
    assertThat(session.heard).containsExactly("abc", "d", "e", "drain", "end");
  }

  @Test
  void bytes_that_are_left_come_again_with_what_follows() {
    var session = new Scripted();
    session.takes = false;
    var rehearsal = Rehearsal.of(session).send("ab").send("c");
    assertThat(session.heard).containsExactly("ab", "abc");
    assertThat(rehearsal.unread()).isEqualTo(3);
  }

  @Test
  void a_deadline_is_told_when_it_has_passed_and_not_before() {
    var session = new Scripted();
    var rehearsal = Rehearsal.of(session);
    session.deadline = rehearsal.time().getAsLong() + 1_000_000;
    rehearsal.advance(Duration.ofNanos(999_999));
    assertThat(session.heard).isEmpty();
    rehearsal.advance(Duration.ofNanos(1));
    assertThat(session.heard).containsExactly("expired");
  }

  @Test
  void held_calls_end_when_they_are_released_or_refused() {
    var session =
        new Scripted(
            call(1, Step.Kind.INLINE, "a"),
            call(2, Step.Kind.BLOCKING, "b"),
            call(3, Step.Kind.BLOCKING, "c"));
    var rehearsal = Rehearsal.of(session);
    assertThat(session.heard)
        .containsExactly("1 Value[value=a]", "2 Value[value=b]", "3 Value[value=c]");

    session.heard.clear();
    session.steps.add(call(4, Step.Kind.INLINE, "a"));
    session.steps.add(call(5, Step.Kind.BLOCKING, "b"));
    session.steps.add(call(6, Step.Kind.BLOCKING, "c"));
    rehearsal.hold().settle();
    assertThat(session.heard).containsExactly("4 Value[value=a]");
    assertThat(rehearsal.held()).isEqualTo(2);
    rehearsal.release().refuse(new IllegalStateException("full"));
    assertThat(session.heard)
        .containsExactly(
            "4 Value[value=a]",
            "5 Value[value=b]",
            "6 Failure[thrown=java.lang.IllegalStateException: full]");
  }

  @Test
  void a_stage_is_reported_when_it_ends() {
    var stage = new CompletableFuture<String>();
    var session = new Scripted(call(1, Step.Kind.ASYNC, stage));
    var rehearsal = Rehearsal.of(session);
    assertThat(session.heard).isEmpty();
    stage.complete("late");
    rehearsal.settle();
    assertThat(session.heard).containsExactly("1 Value[value=late]");
  }

  @Test
  void ends_are_told_apart() {
    assertThat(Rehearsal.of(new Scripted(Step.CLOSE)).ended()).isEqualTo(Rehearsal.End.CLOSED);
    assertThat(Rehearsal.of(new Scripted(Step.LINGER)).ended()).isEqualTo(Rehearsal.End.LINGERED);
    assertThat(Rehearsal.of(new Scripted(Step.ABORT)).ended()).isEqualTo(Rehearsal.End.ABORTED);
    var taken = Rehearsal.of(new Scripted());
    taken.close();
    assertThat(taken.ended()).isEqualTo(Rehearsal.End.LOST);
  }

  @Test
  void what_a_session_throws_ends_it() {
    var session =
        new Scripted() {
          @Override
          public void receive(ByteBuffer in) {
            throw new IllegalStateException("broken");
          }
        };
    var rehearsal = Rehearsal.of(session).send("a");
    assertThat(rehearsal.ended()).isEqualTo(Rehearsal.End.FAILED);
    assertThat(rehearsal.thrown()).hasMessage("broken");
    assertThat(session.heard).containsExactly("lost FAILED");
  }

  @Test
  void breaches_of_the_contract_are_found() {
    breach(new Scripted(write("")), "wrote nothing");
    breach(new Scripted(Step.SHUTDOWN_OUTPUT, write("a")), "after it shut its output");
    var endless = new Scripted();
    endless.rest = Step.SHUTDOWN_OUTPUT;
    breach(endless, "no park");
    var past = new Scripted();
    past.deadline = -2;
    breach(past, "a deadline of -2");
  }

  @Test
  void a_session_that_waits_over_a_full_buffer_is_found() {
    var session = new Scripted();
    session.takes = false;
    var rehearsal = Rehearsal.of(session);
    assertThatThrownBy(() -> rehearsal.send(new byte[Rehearsal.INBOX]))
        .isInstanceOf(ContractBroken.class)
        .hasMessageContaining("full buffer");
  }

  @Test
  void a_session_that_waits_for_nothing_is_found() {
    var session = new Scripted();
    session.deadline = Session.NEVER;
    var rehearsal = Rehearsal.of(session);
    assertThatThrownBy(rehearsal::end)
        .isInstanceOf(ContractBroken.class)
        .hasMessageContaining("for nothing else");
  }

  @Test
  void a_lent_buffer_is_overwritten() {
    var kept = new ArrayList<ByteBuffer>();
    var session =
        new Scripted() {
          @Override
          public void receive(ByteBuffer in) {
            kept.add(in.slice());
            in.position(in.limit());
          }
        };
    Rehearsal.of(session).send("a");
    assertThat(kept.get(0).get(0)).isEqualTo((byte) 0xee);
  }

  private static void breach(Scripted session, String message) {
    assertThatThrownBy(() -> Rehearsal.of(session))
        .isInstanceOf(ContractBroken.class)
        .hasMessageContaining(message);
  }
}

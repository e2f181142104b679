package usher.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NoteTest {
  @Test
  void notes_that_follow_each_other_are_read_as_they_were_written() throws IOException {
    List<Note> notes =
        List.of(
            new Note(Note.Kind.READY, 7, 0),
            new Note(Note.Kind.ACCEPTED, Integer.MAX_VALUE, Long.MIN_VALUE, "a", "", "ä€"),
            new Note(Note.Kind.CLOSED, 8, 1, "FINISHED", ""));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Note note : notes) {
      all.writeBytes(note.bytes());
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(all.toByteArray()));
    for (Note note : notes) {
      assertThat(Note.read(in)).isEqualTo(note);
    }
    assertThat(Note.read(in).kind()).isEqualTo(Note.Kind.END);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ä", "€", "\0"})
  void a_note_is_cut_to_what_a_pipe_takes_at_once(String letter) throws IOException {
    String text = letter.repeat(5_000);
    for (Note note :
        List.of(
            new Note(Note.Kind.FAILED, 1, 1, text),
            new Note(Note.Kind.ACCEPTED, 1, 1, text, text, text))) {
      byte[] bytes = note.bytes();
      assertThat(bytes.length).isBetween(Note.MOST - 20, Note.MOST);
      Note read = Note.read(new DataInputStream(new ByteArrayInputStream(bytes)));
      assertThat(read).isEqualTo(note);
      assertThat(read.text(0)).isNotEmpty();
      assertThat(text).startsWith(read.text(0));
    }
  }
}

package dev.blastscope;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, and its code blocks in their order. */
public record Markdown(Path file, List<Block> blocks) {

    private static final Pattern FENCE = Pattern.compile("```(\\w*)");
    private static final Pattern NOT_RUN = Pattern.compile("<!-- not run: (.+) -->");

    /**
     * A fenced block.
     *
     * @param language what follows the opening fence
     * @param notRun the reason in the comment in the line before it
     */
    public record Block(String language, Optional<String> notRun, String text) {}

    /** All pages: README and its like, {@code docs/} and those of the programs in {@code bench/}. */
    public static List<Markdown> pages() throws IOException {
        List<Markdown> pages = new ArrayList<>();
        for (String file :
                List.of("README.md", "CONTRIBUTING.md", "CHANGES.md", "samples/README.md", "k8s/README.md")) {
            pages.add(read(Path.of(file)));
        }
        for (String folder : List.of("docs", "bench")) {
            try (Stream<Path> files = Files.walk(Path.of(folder), 2)) {
                for (Path file : files.filter(file -> file.toString().endsWith(".md"))
                        .sorted()
                        .toList()) {
                    pages.add(read(file));
                }
            }
        }
        return pages;
    }

    static Markdown read(Path file) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                Matcher notRun = NOT_RUN.matcher(i == 0 ? "" : lines.get(i - 1));
                int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
                blocks.add(new Block(
                        fence.group(1),
                        notRun.matches() ? Optional.of(notRun.group(1)) : Optional.empty(),
                        String.join("\n", lines.subList(i + 1, end)) + "\n"));
                i = end;
            } else if (lines.get(i).startsWith("    ")) {
                throw new IllegalStateException(file + ", line " + (i + 1) + ": code belongs into a fenced block");
            }
        }
        return new Markdown(file, List.copyOf(blocks));
    }

    /** The blocks of a language. */
    List<Block> in(String language) {
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    /** Its path with slashes on every system. */
    public String name() {
        return file.toString().replace(File.separatorChar, '/');
    }

    /** The commands of all {@code sh} blocks, as one script. */
    String script() {
        return String.join("", in("sh").stream().map(Block::text).toList());
    }
}

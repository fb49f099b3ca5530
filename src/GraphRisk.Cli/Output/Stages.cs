using Spectre.Console;

namespace GraphRisk.Cli.Output;

/// <summary>
/// Shows the stages of a command: bars on a terminal, a line at the end of each stage elsewhere. Durations come from the
/// clock given.
/// </summary>
internal sealed class Stages(TextWriter writer, TimeProvider clock)
{
    private readonly IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });

    /// <summary>Runs one stage; it may report a count of what it has done.</summary>
    public async Task<T> RunAsync<T>(string name, Func<IProgress<long>, Task<T>> work)
    {
        var started = clock.GetTimestamp();
        var result = console.Profile.Out.IsTerminal
            ? await console.Status().StartAsync(Markup.Escape(name), context =>
                work(new Counter(count => context.Status($"{Markup.Escape(name)} [grey]{count:N0}[/]"))))
            : await work(new Counter(_ => { }));
        await writer.WriteLineAsync(FormattableString.Invariant($"{name}: {clock.GetElapsedTime(started).TotalSeconds:F1} s"));
        return result;
    }

    private sealed class Counter(Action<long> show) : IProgress<long>
    {
        public void Report(long value) => show(value);
    }
}

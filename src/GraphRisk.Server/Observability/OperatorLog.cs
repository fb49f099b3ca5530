using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphRisk.Graph.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GraphRisk.Server.Observability;

/// <summary>How lines of a log are written.</summary>
public enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Json,
}

/// <summary>
/// The lines a server writes for whoever runs it: events of its loggers, one line each, and sentences of its parts. Of an exception it tells the kinds and the
/// methods; its words only where they are about files, the line or the store, since others may hold what somebody asked or was told. Thread-safe.
/// </summary>
/// <param name="to">Where lines go.</param>
/// <param name="format">How they are written.</param>
/// <param name="least">Events below this level are left out.</param>
/// <param name="clock">Dates events.</param>
public sealed class OperatorLog(TextWriter to, LogFormat format, LogLevel least, TimeProvider clock) : ILoggerProvider
{
    /// <summary>Key under which loggers hand over the message with its places.</summary>
    private const string Template = "{OriginalFormat}";

    private readonly Lock gate = new();

    /// <summary>Events below this level are left out.</summary>
    public LogLevel Least => least;

    /// <summary>Writes a sentence that a part of the server tells.</summary>
    /// <param name="sentence">The sentence, on one line.</param>
    /// <param name="level">How grave it is; people read it in the words.</param>
    public void Tell(string sentence, LogLevel level = LogLevel.Warning)
    {
        if (format == LogFormat.Text) Write(sentence);
        else Write(Line(level, "notice", json => json.WriteString("message", sentence)));
    }

    /// <summary>A writer each of whose lines is a sentence told.</summary>
    public TextWriter AsWriter() => new Sentences(this);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        lock (gate) to.Flush();
    }

    private void Write(string line)
    {
        lock (gate)
        {
            to.WriteLine(line);
            to.Flush();
        }
    }

    private void Write<T>(LogLevel level, string category, EventId id, T state, Exception? exception, Func<T, Exception?, string> formatter)
    {
        var name = id.Name is { Length: > 0 } known && !known.StartsWith("Log", StringComparison.Ordinal) ? known : category;
        var values = InOrder(state as IReadOnlyList<KeyValuePair<string, object?>> ?? []);
        if (format == LogFormat.Text)
        {
            var at = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            var told = name == category ? OneLine(formatter(state, null)) : string.Join(' ', values.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{JsonNamingPolicy.CamelCase.ConvertName(pair.Key)}={pair.Value}")));
            Write($"{at} {NameOf(level)} {name}: {told}{(exception is null ? "" : $" ({Told(exception)})")}");
            return;
        }

        Write(Line(level, name, json =>
        {
            if (name == category) json.WriteString("message", OneLine(formatter(state, null)));
            foreach (var (key, value) in values) WriteValue(json, JsonNamingPolicy.CamelCase.ConvertName(key), value!);
            if (exception is not null) json.WriteString("exception", Told(exception));
        }));
    }

    private string Line(LogLevel level, string name, Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("at", clock.GetUtcNow());
            json.WriteString("level", NameOf(level));
            json.WriteString("event", name);
            write(json);
            if (Activity.Current is { Recorded: true } span) json.WriteString("trace", span.TraceId.ToHexString());
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>What is said of an event, in the order of its message; loggers hand it over in any.</summary>
    private static KeyValuePair<string, object?>[] InOrder(IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        var message = values.FirstOrDefault(pair => pair.Key == Template).Value as string ?? "";
        return [.. values.Where(pair => pair.Value is not null && pair.Key != Template).OrderBy(pair => message.IndexOf($"{{{pair.Key}}}", StringComparison.Ordinal))];
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case long number: json.WriteNumber(name, number); break;
            case int number: json.WriteNumber(name, number); break;
            case double number when double.IsFinite(number): json.WriteNumber(name, number); break;
            case bool yes: json.WriteBoolean(name, yes); break;
            default: json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Critical => "critical",
        LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        LogLevel.Information => "information",
        _ => "debug",
    };

    /// <summary>The kinds of an exception and of what caused it, with the methods it came through.</summary>
    private static string Told(Exception error)
    {
        var text = new StringBuilder();
        for (var one = error; one is not null; one = one.InnerException)
        {
            if (text.Length > 0) text.Append(" caused by ");
            text.Append(one.GetType().Name);
            if (one is StoreUnavailableException or UnauthorizedAccessException or IOException and not BadHttpRequestException) text.Append(": ").Append(OneLine(one.Message));
            var frames = new StackTrace(one, fNeedFileInfo: false).ToString();
            if (frames.Length > 0) text.Append(' ').Append(OneLine(frames));
        }

        return text.ToString();
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private sealed class Logger(OperatorLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && logLevel >= log.Least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) log.Write(logLevel, category, eventId, state, exception, formatter);
        }
    }

    private sealed class Sentences(OperatorLog log) : TextWriter
    {
        private readonly StringBuilder begun = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            string sentence;
            lock (begun)
            {
                if (value != '\n')
                {
                    if (value != '\r') begun.Append(value);
                    return;
                }

                sentence = begun.ToString();
                begun.Clear();
            }

            log.Tell(sentence);
        }

        public override void WriteLine(string? value) => log.Tell(OneLine(value ?? ""));

        public override Task WriteLineAsync(string? value)
        {
            WriteLine(value);
            return Task.CompletedTask;
        }
    }
}

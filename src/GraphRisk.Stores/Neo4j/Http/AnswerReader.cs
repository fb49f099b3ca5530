using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Text.Json;

namespace GraphRisk.Stores.Neo4j.Http;

/// <summary>
/// Reads an answer as it arrives, row by row, without holding its text. An error that follows rows in the same body makes
/// the whole answer an error. A body that ends early, is not JSON of the Query API, has rows of another width than its
/// columns or lacks the mark with which the server ends what went well (bookmarks, or the open transaction) is an
/// <see cref="IOException"/>: nothing of it is used.
/// </summary>
internal sealed class AnswerReader
{
    private readonly List<object?[]> rows = [];
    private readonly List<string> fields = [];
    private readonly List<string> bookmarks = [];
    private readonly Dictionary<string, long> counters = new(StringComparer.Ordinal);
    private Neo4jException? error;
    private string? transactionId;
    private JsonReaderState state;
    private int depth;
    private string? section;
    private bool hasFields;
    private bool hasRows;
    private bool done;

    /// <summary>Reads to the end.</summary>
    /// <param name="body">The body.</param>
    /// <param name="timeout">Ends the request when nothing arrives.</param>
    /// <param name="silence">Longest time in which nothing arrives.</param>
    /// <exception cref="Neo4jException">The server reports an error.</exception>
    /// <exception cref="IOException">It is not a whole answer.</exception>
    public static async ValueTask<QueryAnswer> ReadAsync(Stream body, StepTimeout timeout, TimeSpan silence)
    {
        var reader = new AnswerReader();
        var pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        try
        {
            while (!reader.done)
            {
                timeout.Allow(silence, "fell silent in the middle of its answer and sent nothing");
                var read = await pipe.ReadAsync(timeout.Token);
                var consumed = reader.Consume(read.Buffer, read.IsCompleted);
                if (read.IsCompleted && !reader.done) throw new IOException("The server's answer ends in the middle.");
                pipe.AdvanceTo(consumed, read.Buffer.End);
            }
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException or OverflowException or InvalidOperationException or KeyNotFoundException)
        {
            throw new IOException($"The server's answer is not JSON of the Query API: {malformed.Message}", malformed);
        }
        finally
        {
            await pipe.CompleteAsync();
        }

        return reader.ToAnswer();
    }

    private QueryAnswer ToAnswer()
    {
        if (error is not null) throw error;
        if (bookmarks.Count == 0 && transactionId is null) throw new IOException("The server's answer says neither success nor error.");
        if (hasFields != hasRows || rows.Exists(row => row.Length != fields.Count))
            throw new IOException("The rows of the server's answer do not fit its columns.");
        return new QueryAnswer([.. fields], rows, [.. bookmarks], counters, transactionId);
    }

    private SequencePosition Consume(ReadOnlySequence<byte> buffer, bool final)
    {
        var json = new Utf8JsonReader(buffer, final, state);
        var consumed = json.Position;
        while (true)
        {
            var before = json;
            if (!TryStep(ref json))
            {
                state = before.CurrentState;
                return consumed;
            }

            consumed = json.Position;
            if (done) return consumed;
        }
    }

    /// <summary>Takes one token, or one whole value where a section has been reached; false where the buffer holds too little.</summary>
    private bool TryStep(ref Utf8JsonReader json)
    {
        if (!json.Read()) return false;
        switch (json.TokenType)
        {
            case JsonTokenType.PropertyName when depth is 1 or 2:
                section = json.GetString();
                return true;
            case JsonTokenType.StartObject when depth == 0 || (depth == 1 && section == "data"):
                depth++;
                return true;
            case JsonTokenType.EndObject:
                done = --depth == 0;
                return true;
            case JsonTokenType.StartArray when depth == 2 && section == "values":
                depth = 3;
                hasRows = true;
                return true;
            case JsonTokenType.EndArray when depth == 3:
                depth = 2;
                return true;
            default:
                return TakeValue(ref json);
        }
    }

    private bool TakeValue(ref Utf8JsonReader json)
    {
        var start = json;
        if (!json.TrySkip()) return false;
        switch (section)
        {
            case "values" when depth == 3: rows.Add(ReadRow(ref start)); break;
            case "fields":
                fields.AddRange(JsonSerializer.Deserialize<string[]>(ref start)!);
                hasFields = true;
                break;
            case "bookmarks": bookmarks.AddRange(JsonSerializer.Deserialize<string[]>(ref start)!); break;
            case "errors": ReadErrors(ref start); break;
            case "counters": ReadCounters(ref start); break;
            case "transaction": transactionId = JsonElement.ParseValue(ref start).GetProperty("id").GetString(); break;
        }

        return true;
    }

    private static object?[] ReadRow(ref Utf8JsonReader json)
    {
        var row = new List<object?>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) row.Add(TypedJson.Read(ref json));
        return [.. row];
    }

    private void ReadErrors(ref Utf8JsonReader json)
    {
        foreach (var item in JsonElement.ParseValue(ref json).EnumerateArray())
            error ??= new Neo4jException(item.GetProperty("code").GetString() ?? "", item.GetProperty("message").GetString() ?? "");
    }

    private void ReadCounters(ref Utf8JsonReader json)
    {
        foreach (var item in JsonElement.ParseValue(ref json).EnumerateObject())
            if (item.Value.ValueKind == JsonValueKind.Number) counters[item.Name] = item.Value.GetInt64();
    }
}

using System.Collections.Immutable;
using System.CommandLine;
using System.Text.RegularExpressions;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Input;
using GraphRisk.Matching.Linkage;
using GraphRisk.Matching.Records;

namespace GraphRisk.Cli.Commands;

/// <summary>The options of <c>graphrisk er</c> that say which records are matched.</summary>
internal sealed class LinkageInput
{
    private const char SourceMark = ':';
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);
    private static readonly HeadingRole Left = new("left", "record", "first"), Right = new("right", "other", "second"), Same = new("same", "verdict", "is_match");

    private readonly Option<FileInfo[]> inputs = new("--input")
    {
        Description = "CSV (comma, semicolon, tab or bar) or JSON Lines, Senzing's features too; several files are several sources.",
        HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<FileInfo?> mapping = new("--mapping")
    {
        Description = $"What columns are, YAML lines 'COLUMN: KIND'; columns it does not name are found. Kinds: {string.Join(", ", RecordMapping.Words())}.",
        HelpName = "FILE",
    };
    private readonly Option<string[]> without = new("--without") { Description = "A column to leave out; may be given several times.", HelpName = "COLUMN" };
    private readonly Option<FileInfo?> verdicts = new("--verdicts")
    {
        Description = "What people have decided, CSV with the columns left, right, same: two records by key or SOURCE:KEY, and yes or no. It stands whatever the score.",
        HelpName = "FILE",
    };
    private readonly Option<double?> mergeFrom = new("--merge-from") { Description = "Join pairs from this probability on; the one with the best F1 to be expected where absent. Higher for fewer wrong joins.", HelpName = "P" };
    private readonly Option<ulong> seed = CommonOptions.Seed();

    /// <summary>The options.</summary>
    public IEnumerable<Option> Options => [inputs, mapping, without, verdicts, mergeFrom, seed];

    /// <summary>How records are matched.</summary>
    /// <exception cref="UserErrorException">A verdict names no record, or the probability is none.</exception>
    public LinkageOptions LinkageOptions(ParseResult parsed, RecordTable table)
    {
        if (parsed.GetValue(mergeFrom) is { } from && !(from is > 0 and < 1)) throw new UserErrorException("--merge-from is a probability above 0 and below 1.");
        return new()
        {
            Seed = parsed.GetValue(seed), Workers = Environment.ProcessorCount, MergeProbability = parsed.GetValue(mergeFrom),
            Verdicts = parsed.GetValue(verdicts) is { } file ? ReadVerdicts(file.FullName, table) : [],
        };
    }

    /// <summary>Number of the record of a key, or of SOURCE:KEY.</summary>
    /// <exception cref="UserErrorException">There is none, or there are several.</exception>
    public static int Find(RecordTable table, string typed)
    {
        var found = Enumerable.Range(0, table.Count)
            .Where(record => table.Keys[record] == typed || $"{table.Sources[table.SourceOf[record]]}{SourceMark}{table.Keys[record]}" == typed).Take(2).ToList();
        return found.Count switch
        {
            0 => throw new UserErrorException($"There is no record '{typed}'; keys are such as {string.Join(", ", table.Keys.Take(3))}."),
            1 => found[0],
            _ => throw new UserErrorException($"'{typed}' names several records; write SOURCE{SourceMark}KEY. Sources: {string.Join(", ", table.Sources)}."),
        };
    }

    private static ImmutableArray<PairVerdict> ReadVerdicts(string path, RecordTable table)
    {
        using var rows = new HeadedTable(path);
        var (left, right, same) = (rows.Require(Left), rows.Require(Right), rows.Require(Same));
        var verdicts = ImmutableArray.CreateBuilder<PairVerdict>();
        while (rows.Next())
        {
            var (one, other) = (Find(table, rows.Text(left)), Find(table, rows.Text(right)));
            if (one == other) throw rows.Fault(right, "is the same record");
            verdicts.Add(new PairVerdict(one, other, rows.Text(same).ToLowerInvariant() switch
            {
                "yes" or "true" or "1" or "match" => true,
                "no" or "false" or "0" or "no_match" or "no-match" => false,
                _ => throw rows.Fault(same, "is neither yes nor no"),
            }));
        }

        return verdicts.ToImmutable();
    }

    /// <summary>Reads the records.</summary>
    /// <exception cref="UserErrorException">A file is not there.</exception>
    public RecordReading Read(ParseResult parsed, TruthOptions? truth, CancellationToken cancellation)
    {
        var files = parsed.GetValue(inputs)!;
        foreach (var file in files.Append(parsed.GetValue(mapping)).OfType<FileInfo>())
            if (!file.Exists) throw new UserErrorException($"{file}: there is no such file.");
        var said = parsed.GetValue(mapping) is { } path ? RecordMapping.Load(path.FullName) : RecordMapping.None;
        return RecordReader.Read(
            [.. files.Select(file => file.FullName)], said.Without(parsed.GetValue(without) ?? []), truth, Environment.ProcessorCount, cancellation);
    }

    /// <summary>A regular expression as typed.</summary>
    /// <exception cref="UserErrorException">It is none.</exception>
    public static Regex? Pattern(string? typed)
    {
        try
        {
            return typed is null ? null : new Regex(typed, RegexOptions.CultureInvariant, LongestMatch);
        }
        catch (ArgumentException error)
        {
            throw new UserErrorException($"'{typed}' is no regular expression: {error.Message}");
        }
    }
}

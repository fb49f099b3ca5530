using System.CommandLine;
using System.Text.RegularExpressions;
using GraphRisk.Cli.Composition;
using GraphRisk.Matching.Linkage;
using GraphRisk.Matching.Records;

namespace GraphRisk.Cli.Commands;

/// <summary>The options of <c>graphrisk er</c> that say which records are matched.</summary>
internal sealed class LinkageInput
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);

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
    private readonly Option<ulong> seed = CommonOptions.Seed();

    /// <summary>The options.</summary>
    public IEnumerable<Option> Options => [inputs, mapping, without, seed];

    /// <summary>Seed of what is drawn.</summary>
    public LinkageOptions LinkageOptions(ParseResult parsed) => new() { Seed = parsed.GetValue(seed), Workers = Environment.ProcessorCount };

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

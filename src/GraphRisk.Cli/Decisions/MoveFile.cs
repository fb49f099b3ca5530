using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using GraphRisk.Cli.Input;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Schema;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Decisions.Replay;

namespace GraphRisk.Cli.Decisions;

/// <summary>
/// A delivery of moves as a CSV file: what says which move it is, then the fields of cases and moves by their names in the schema. Rows that were refused are written as they came, with what was wrong behind them, so that a
/// mended one is delivered by the same command.
/// </summary>
internal sealed class MoveFile
{
    private static readonly string[] Needed = [MoveRecord.Kind, MoveRecord.Case, MoveRecord.Move, MoveRecord.At, MoveRecord.Role];
    private static readonly string[] Behind = ["refused_record", "refused_field", "refused_reason"];

    private readonly string[] header;
    private readonly Dictionary<int, string[]> rows = [];
    private readonly List<RefusedMove> broken = [];

    private MoveFile(string path, string[] header) => (Path, this.header) = (path, header);

    /// <summary>Where it was read.</summary>
    public string Path { get; }

    /// <summary>The rows that have a cell for every column.</summary>
    public List<MoveRecord> Records { get; } = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="UserErrorException">It is no such file; the message says why.</exception>
    public static MoveFile Read(string path, SchemaCatalog catalog)
    {
        try
        {
            using var parser = new CsvParser(SourceText.Open(path), new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim, BadDataFound = _ => { } });
            var file = new MoveFile(path, parser.Read() ? parser.Record! : throw new UserErrorException($"{path}: the file is empty; its first line names the columns."));
            file.RequireColumns(catalog);
            while (parser.Read()) file.Add(parser.RawRow, parser.Record!);
            return file;
        }
        catch (DecoderFallbackException)
        {
            throw new UserErrorException($"{path}: a byte is neither of UTF-8 nor of GB 18030.");
        }
    }

    /// <summary>Writes what was refused; where nothing was, a file of an earlier try is gone.</summary>
    /// <param name="folder">The folder of refused rows.</param>
    /// <param name="refused">What was refused.</param>
    /// <returns>The file; null where nothing was refused.</returns>
    public string? WriteRefused(string folder, IEnumerable<RefusedMove> refused)
    {
        var all = refused.Concat(broken).OrderBy(one => one.Record.Line).ToList();
        var target = System.IO.Path.Combine(folder, $"{System.IO.Path.GetFileNameWithoutExtension(Path)}-{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path)))[..8]}.csv");
        if (all.Count == 0)
        {
            if (File.Exists(target)) File.Delete(target);
            return null;
        }

        Composition.OwnerOnly.Create(folder);
        using var writer = new CsvWriter(new StreamWriter(target, append: false, new UTF8Encoding(false)) { NewLine = "\n" }, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        int[] kept = [.. Enumerable.Range(0, header.Length).Where(column => !Behind.Contains(header[column]))];
        Write(writer, [.. kept.Select(column => header[column]), .. Behind]);
        foreach (var one in all)
            Write(writer, [.. kept.Select(column => column < rows[one.Record.Line].Length ? rows[one.Record.Line][column] : ""), $"line {one.Record.Line}", one.Field ?? "", one.Reason]);
        return target;
    }

    /// <summary>Everything that was refused: by the engine, and rows that are none.</summary>
    public ImmutableArray<RefusedMove> All(ReplayReport report) => [.. report.Refused.Concat(broken).OrderBy(one => one.Record.Line)];

    private void RequireColumns(SchemaCatalog catalog)
    {
        if (header.GroupBy(name => name).FirstOrDefault(alike => alike.Count() > 1) is { } twice) throw new UserErrorException($"{Path}, line 1: there are two columns '{twice.Key}'.");
        if (Needed.FirstOrDefault(name => !header.Contains(name)) is { } lacking) throw new UserErrorException($"{Path}, line 1: there is no column '{lacking}'; a row says {string.Join(", ", MoveRecord.Leading)} and fields of cases and moves.");
        var known = CaseKind.All.Select(kind => kind.NodeType).Append(CaseFacts.MoveType).SelectMany(type => catalog.Node(type).Fields).Select(field => field.Name).Concat(MoveRecord.Leading).Concat(Behind).ToHashSet();
        if (header.FirstOrDefault(name => !known.Contains(name)) is { } strange) throw new UserErrorException($"{Path}, line 1: '{strange}' is no field of a case or of a move.");
    }

    private void Add(int line, string[] cells)
    {
        rows[line] = cells;
        var pairs = header.Take(cells.Length).Select((name, at) => KeyValuePair.Create(name, cells[at])).Where(pair => pair.Value.Length > 0 && !Behind.Contains(pair.Key));
        var record = new MoveRecord(line, pairs.ToImmutableDictionary());
        if (cells.Length == header.Length) Records.Add(record);
        else broken.Add(new RefusedMove(record, null, FormattableString.Invariant($"has {cells.Length} cells under {header.Length} columns{(cells.Length > header.Length ? $", beyond them {string.Join(" | ", cells.Skip(header.Length))}" : "")}.")));
    }

    private static void Write(CsvWriter writer, IEnumerable<string> cells)
    {
        foreach (var cell in cells) writer.WriteField(cell);
        writer.NextRecord();
    }
}

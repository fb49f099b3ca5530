using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.Reading;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>
/// Reads mappings from YAML, one or several documents a file, and holds them against the schema: unknown keys, columns,
/// types and fields, values of the wrong kind and relationships between the wrong types are refused with file and line.
/// </summary>
public sealed class MappingLoader
{
    private readonly SchemaCatalog catalog;

    public MappingLoader(SchemaCatalog catalog) => this.catalog = catalog;

    /// <summary>Reads a file.</summary>
    /// <exception cref="MappingException">The file contradicts itself or the schema.</exception>
    public ImmutableArray<RecordMapping> LoadFile(string path) => Load(Path.GetFileName(path), File.ReadAllText(path));

    /// <summary>Reads a text.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="text">The YAML documents.</param>
    /// <exception cref="MappingException">The text contradicts itself or the schema.</exception>
    public ImmutableArray<RecordMapping> Load(string name, string text)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException fault)
        {
            throw new MappingException(name, fault.Start.Line, fault.InnerException?.Message ?? fault.Message);
        }
        catch (InvalidOperationException)
        {
            // The scanner's answer to a bracket that nothing closes.
            throw new MappingException(name, text.AsSpan().Count('\n') + 1, "is no YAML: something opened is not closed");
        }

        return [.. stream.Documents.Select(document => ReadMapping(new Yaml(name, document.RootNode), name, hash))];
    }

    private RecordMapping ReadMapping(Yaml root, string file, string hash)
    {
        var map = root.Map(
            "mapping", "files", "format", "delimiter", "quotes", "source", "part", "reliability", "order", "columns",
            "optional", "key", "unique", "times", "observed", "follows", "delivery", "whole", "lookups", "nodes", "facts", "reader");
        var files = root.Need(map, "files").Texts().Select(text => new PathPattern(text)).ToImmutableArray();
        var format = map.TryGetValue("format", out var kind) ? ReadFormat(kind) : RecordFormat.Csv;
        var (columns, takes) = ReadColumns(root, map);
        var rules = new RuleReader(catalog, columns, files.Min(pattern => pattern.Text.Count(c => c == '*')), ReadTimes(map));
        var nodes = map.TryGetValue("nodes", out var nodeMap) ? rules.ReadNodes(nodeMap) : [];
        return new RecordMapping
        {
            Id = root.Need(map, "mapping").Text(),
            Files = files,
            Format = format,
            Layout = ReadLayout(map),
            Source = rules.ReadTemplate(root.Need(map, "source")),
            Part = map.TryGetValue("part", out var part) ? rules.ReadTemplate(part) : null,
            Whole = map.TryGetValue("whole", out var whole) && whole.Truth(),
            Full = map.TryGetValue("delivery", out var delivery) && ReadDelivery(delivery),
            Times = ReadTimes(map),
            Observed = map.TryGetValue("observed", out var observed) ? [.. observed.Items().Select(rules.ColumnOf)] : [],
            Follows = map.TryGetValue("follows", out var follows)
                ? [.. follows.Entries().Select(pair => (rules.ColumnOf(pair.Key), rules.ColumnOf(pair.Value)))] : [],
            Reliability = ReadReliability(root.Need(map, "reliability")),
            Order = map.TryGetValue("order", out var order) ? (int)order.Number() : 0,
            Columns = columns,
            Key = rules.ReadTemplate(root.Need(map, "key")),
            Unique = !map.TryGetValue("unique", out var unique) || unique.Truth(),
            Lookups = [.. takes.Select(take => ReadLookup(take, rules))],
            Facts = map.TryGetValue("facts", out var facts) ? rules.ReadFacts(facts, nodes) : [],
            Reader = map.TryGetValue("reader", out var reader) ? reader.Text() : null,
            Hash = hash,
            Location = $"{file}:{root.Line}",
        };
    }

    private static (ImmutableArray<Column> Columns, List<Yaml> Lookups) ReadColumns(Yaml root, Dictionary<string, Yaml> map)
    {
        var optional = map.TryGetValue("optional", out var names) ? names.Texts() : [];
        var declared = root.Need(map, "columns");
        var columns = new List<Column>();
        if (declared.IsMap)
        {
            foreach (var (key, headers) in declared.Entries())
                columns.Add(new Column(key.Text(), [key.Text(), .. headers.Texts()], optional.Contains(key.Text())));
        }
        else
        {
            columns.AddRange(declared.Texts().Select(name => new Column(name, [name], optional.Contains(name))));
        }

        foreach (var name in optional)
            if (!columns.Exists(column => column.Name == name)) throw names.Error($"'{name}' is no column");
        var lookups = map.TryGetValue("lookups", out var list) ? list.Items() : [];
        foreach (var lookup in lookups)
            foreach (var (_, ours) in Takes(lookup))
                columns.Add(new Column(ours.Text(), [], Optional: true, LookedUp: true));
        var twice = columns.GroupBy(column => column.Name).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? ([.. columns], lookups) : throw declared.Error($"column '{twice.Key}' is stated twice");
    }

    private static List<(Yaml Theirs, Yaml Ours)> Takes(Yaml lookup)
    {
        var map = lookup.Map("from", "mapping", "key", "by", "take", "optional");
        return lookup.Need(map, "take").Entries();
    }

    private static LookupRule ReadLookup(Yaml lookup, RuleReader rules)
    {
        var map = lookup.Map("from", "mapping", "key", "by", "take", "optional");
        return new LookupRule(
            lookup.Need(map, "from").Text(),
            lookup.Need(map, "mapping").Text(),
            map.TryGetValue("key", out var key) ? key.Text() : null,
            rules.ColumnOf(lookup.Need(map, "by")),
            [.. Takes(lookup).Select(take => (take.Theirs.Text(), rules.ColumnOf(take.Ours)))],
            map.TryGetValue("optional", out var optional) && optional.Truth());
    }

    private static RecordFormat ReadFormat(Yaml node) => node.Text() switch
    {
        "csv" => RecordFormat.Csv,
        "ndjson" => RecordFormat.Ndjson,
        var text => throw node.Error($"'{text}' is no format; there are csv, ndjson"),
    };

    private static bool ReadDelivery(Yaml node) => node.Text() switch
    {
        "full" => true,
        "incremental" => false,
        var text => throw node.Error($"'{text}' is no delivery; there are full, incremental"),
    };

    private static CsvLayout ReadLayout(Dictionary<string, Yaml> map)
    {
        var delimiter = map.TryGetValue("delimiter", out var text) ? text.Text() : ",";
        if (delimiter.Length != 1) throw text.Error("the delimiter is one character");
        return new CsvLayout(delimiter[0], !map.TryGetValue("quotes", out var quotes) || quotes.Truth());
    }

    private static decimal ReadReliability(Yaml node) =>
        node.Number() is var number and >= 0 and <= 1 ? number : throw node.Error("reliability is between 0 and 1");

    private static TimeFormats ReadTimes(Dictionary<string, Yaml> map)
    {
        if (!map.TryGetValue("times", out var formats)) return TimeFormats.Iso;
        try
        {
            return new TimeFormats(formats.Texts());
        }
        catch (FormatException fault)
        {
            throw formats.Error(fault.Message);
        }
    }
}

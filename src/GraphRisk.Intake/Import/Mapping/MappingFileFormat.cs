using System.Collections.Immutable;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>Files read by a declarative mapping.</summary>
public sealed class MappingFileFormat : IFileFormat
{
    /// <summary>Raised when the same mapping makes other facts than before.</summary>
    private const string Version = "mapping-3";

    private readonly SchemaCatalog catalog;
    private readonly RecordMapping mapping;
    private readonly MappingSet mappings;
    private readonly LookupTables tables;
    private readonly string[] stars;

    /// <param name="catalog">The schema.</param>
    /// <param name="mapping">The mapping.</param>
    /// <param name="mappings">All that are known.</param>
    /// <param name="stars">What the stars of its file pattern stand for.</param>
    /// <param name="tables">Other files' records.</param>
    public MappingFileFormat(SchemaCatalog catalog, RecordMapping mapping, MappingSet mappings, string[] stars, LookupTables tables)
    {
        this.catalog = catalog;
        this.mapping = mapping;
        this.mappings = mappings;
        this.stars = stars;
        this.tables = tables;
    }

    public string Id => mapping.Id;

    public int Order => mapping.Order;

    /// <summary>Whether a file's header has the columns the mapping needs; always so for formats without header.</summary>
    public bool Fits(string path, FileDigest digest)
    {
        using var opened = MappingFormat.OpenRaw(path, mapping, digest, Math.Max(digest.Head.Length, LineReader.KeptOfLongLine));
        return opened.Fault is null;
    }

    public FileReading Open(string path, FileDigest digest, ImportOptions options) =>
        ReadingOf(MappingFormat.OpenRaw(path, mapping, digest, options.MaxRecordBytes), mapping, path, options);

    /// <summary>Opens records that come one after another, in UTF-8. A record whose key came before takes its place: what is a contradiction in a file is news here.</summary>
    /// <param name="name">The file they would stand in; beside it are those looked up.</param>
    /// <param name="stream">Their bytes; disposed with the reading.</param>
    /// <param name="options">Sizes.</param>
    public FileReading OpenStream(string name, Stream stream, ImportOptions options) =>
        ReadingOf(MappingFormat.OpenRaw(stream, mapping, FileEncoding.Utf8, "has no header line", options.MaxRecordBytes), mapping with { Unique = false }, name, options);

    private FileReading ReadingOf(OpenedFile opened, RecordMapping mapping, string path, ImportOptions options)
    {
        var context = CreateContext(options);
        var lookups = opened.Parser is null ? [] : LookupsOf(path, options);
        return new FileReading
        {
            Raw = opened.Raw,
            Mapper = opened.Parser is { } ready ? new MappedRecords(catalog, mapping, ready, context, lookups) : null,
            Fault = opened.Fault,
            Source = context.File[0],
            Identity = string.Join('|', [Version, mapping.Hash, mapping.Id, .. context.File.Values, .. lookups.Select(table => table.Hash)]),
            Header = opened.Header,
            Unread = () => opened.Parser is { } parser ? [.. parser.Unread, .. ColumnUses.Idle(mapping, mappings).Select(parser.HeaderOf).OfType<string>()] : [],
            Shapes = mapping.Reader is null ? ShapesOf() : Replaced.Everything,
            Part = mapping.Part is { } part ? part.Text.Split('{')[0] : "",
            AllParts = mapping.Reader is not null,
            Full = mapping.Full,
        };
    }

    public IRecordMapper? OpenDetached(
        string path, byte[] header, FileEncoding encoding, string detached, ImportOptions options, out RecordFault? fault)
    {
        var context = CreateContext(options);
        context.Detached = detached;
        return MappingFormat.CreateParser(mapping, header, encoding, out fault) is { } parser
            ? new MappedRecords(catalog, mapping, parser, context, LookupsOf(path, options)) : null;
    }

    private List<LookupTable> LookupsOf(string path, ImportOptions options) =>
        [.. mapping.Lookups.Select(rule => tables.Get(Path.GetDirectoryName(path) ?? "", rule, options.MaxRecordBytes))];

    /// <summary>What a later delivery of a record replaces: all its rules make, save what lasts.</summary>
    private HashSet<string> ShapesOf() =>
        [.. mapping.Facts.Where(rule => !rule.Lasting).SelectMany(rule => rule.Shapes).Except(mapping.Facts.Where(rule => rule.Lasting).SelectMany(rule => rule.Shapes))];

    private RecordContext CreateContext(ImportOptions options)
    {
        var named = new FileVariables(["", .. stars]);
        var source = mapping.Source.Render(new Record(mapping.Columns.Length), named, out _)
            ?? throw new InvalidOperationException($"{mapping.Location}: the source of a mapping depends on a column.");
        return new RecordContext(mapping, new FileVariables(named.Values.SetItem(0, source))) { Today = options.Today, Knows = options.Knows };
    }
}

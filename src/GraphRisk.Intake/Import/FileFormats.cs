using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.BeneficialOwnership;
using GraphRisk.Intake.Import.FollowTheMoney;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import;

/// <summary>Finds how a file is read: by the first mapping whose pattern its path matches and whose columns its header has, else by what its first bytes say.</summary>
public sealed class FileFormats
{
    private static readonly string[] JsonExtensions = [".json", ".ndjson", ".jsonl"];

    private readonly SchemaCatalog catalog;
    private readonly MappingSet mappings;
    private readonly LookupTables tables;
    private readonly ISniffedFormat[] sniffed;

    public FileFormats(SchemaCatalog catalog, MappingSet mappings, LookupTables tables)
    {
        this.catalog = catalog;
        this.mappings = mappings;
        this.tables = tables;
        sniffed = [new FtmFormat(catalog), new BodsFormat(catalog)];
    }

    /// <summary>Whether it is worth looking into a file.</summary>
    public bool MayRead(string path) =>
        JsonExtensions.Contains(Path.GetExtension(path).ToLowerInvariant()) || mappings.For(path).Any();

    /// <summary>The format of a file, or null. Where mappings match the path but none the header, it is the first of them, which will say what it lacks.</summary>
    public IFileFormat? Find(string path, FileDigest digest)
    {
        var candidates = mappings.For(path).Select(match => Of(match.Mapping, match.Stars)).ToList();
        return candidates.Find(candidate => candidate.Fits(path, digest))
            ?? Array.Find(sniffed, format => format.Recognises(digest))
            ?? (IFileFormat?)candidates.FirstOrDefault();
    }

    /// <summary>Opens records that come one after another, in UTF-8, by the first mapping for their name whose columns their first line has; null where no mapping is for the name.</summary>
    /// <param name="name">The file they would stand in.</param>
    /// <param name="stream">Their bytes; disposed with the reading.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="mapping">Name of the mapping.</param>
    internal FileReading? OpenStream(string name, Stream stream, ImportOptions options, out string mapping)
    {
        mapping = "";
        var candidates = mappings.For(name).ToList();
        if (candidates.Count == 0) return null;
        var line = FirstLineStream.ReadLine(stream, options.MaxRecordBytes);
        var fitting = candidates.Find(match => MappingFormat.OpenRaw(new MemoryStream(line), match.Mapping, FileEncoding.Utf8, "", options.MaxRecordBytes) is { Fault: null });
        var (chosen, stars) = fitting.Mapping is null ? candidates[0] : fitting;
        mapping = chosen.Id;
        return Of(chosen, stars).OpenStream(name, new FirstLineStream(line, stream), options);
    }

    /// <summary>The format of that name for a file that was once read by it, or null.</summary>
    public IFileFormat? Find(string id, string path)
    {
        if (Array.Find(sniffed, format => format.Id == id) is { } found) return found;
        return mappings.Find(id) is { } mapping
            ? Of(mapping, mapping.Files.Select(pattern => pattern.Match(path)).FirstOrDefault(match => match is not null) ?? [])
            : null;
    }

    private MappingFileFormat Of(RecordMapping mapping, string[] stars) => new(catalog, mapping, mappings, stars, tables);
}

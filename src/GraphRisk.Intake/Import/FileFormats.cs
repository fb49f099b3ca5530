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

using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import;

/// <summary>Formats that files are recognised to be in by their first bytes, whatever they are called.</summary>
public static class SniffedFormats
{
    private static readonly string[] Extensions = [".json", ".ndjson", ".jsonl"];

    /// <summary>Whether it is worth looking into a file.</summary>
    public static bool MayBe(string path) => Extensions.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>The format of a file, or null.</summary>
    public static IFileFormat? Find(SchemaCatalog catalog, string path, FileDigest digest) => null;
}

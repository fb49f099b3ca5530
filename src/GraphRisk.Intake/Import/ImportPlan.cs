using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import;

/// <summary>A file and how it will be read.</summary>
/// <param name="Path">The file.</param>
/// <param name="Length">Size in bytes.</param>
/// <param name="Format">How; null where the file is passed over.</param>
/// <param name="Digest">What one pass over its bytes told.</param>
/// <param name="Reason">Why it is passed over.</param>
public sealed record PlannedFile(string Path, long Length, IFileFormat? Format, FileDigest? Digest, string? Reason);

/// <summary>
/// Finds the files of an import and how each is read. Folders are searched through, hidden files left out. Mappings say
/// which files come first; among equals it is the order of paths.
/// </summary>
public sealed class ImportPlan
{
    /// <summary>Folder of the simulation's truth, which only evaluation may read.</summary>
    private const string Truth = "truth";

    /// <summary>Kinds of files that people have and that are not read, with what to do.</summary>
    private static readonly (string Extension, string Words)[] Unread =
    [
        (".xls", "is a workbook of the kind before 2007: save it as .xlsx or as CSV"),
        (".xlsb", "is a workbook in Excel's own binary form: save it as .xlsx or as CSV"),
        (".ods", "is a workbook of another office: save it as .xlsx or as CSV"),
        (".numbers", "is a workbook of another office: save it as .xlsx or as CSV"),
        (".zip", "is an archive: unpack it"),
        (".gz", "is packed: unpack it"),
        (".7z", "is an archive: unpack it"),
        (".rar", "is an archive: unpack it"),
        (".pdf", "is a printed page: ask for the table it was made of"),
    ];

    private readonly FileFormats formats;

    public ImportPlan(FileFormats formats) => this.formats = formats;

    /// <summary>The files below the paths, in the order of import.</summary>
    /// <exception cref="FileNotFoundException">A path is neither file nor folder.</exception>
    public IReadOnlyList<PlannedFile> Of(IEnumerable<string> paths) =>
    [
        .. paths.SelectMany(FilesOf).Distinct(StringComparer.Ordinal).Select(Plan)
            .OrderBy(file => file.Format?.Order ?? int.MaxValue).ThenBy(file => file.Path, StringComparer.Ordinal),
    ];

    private static IEnumerable<string> FilesOf(string path)
    {
        if (File.Exists(path)) return [path];
        if (!Directory.Exists(path)) throw new FileNotFoundException($"There is no file or folder '{path}'.", path);
        return Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => !System.IO.Path.GetFileName(file).StartsWith('.'));
    }

    private PlannedFile Plan(string path)
    {
        var length = new FileInfo(path).Length;
        if (path.Split('/', '\\').Contains(Truth)) return new PlannedFile(path, length, null, null, "truth is for evaluation only");
        if (!formats.MayRead(path)) return new PlannedFile(path, length, null, null, Array.Find(Unread, kind => path.EndsWith(kind.Extension, StringComparison.OrdinalIgnoreCase)).Words ?? "no mapping is for this file");
        var digest = FileDigest.Of(path);
        return formats.Find(path, digest) is { } format
            ? new PlannedFile(path, length, format, digest, null)
            : new PlannedFile(path, length, null, null, "no mapping is for this file");
    }
}

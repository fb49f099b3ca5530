using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.Mapping;

namespace GraphRisk.Intake.Import.Updates;

/// <summary>
/// The rows of several files of updates as one stream in the order of their time, as they came about: the same facts as an import makes
/// of the files, one row at a time. Each file is in that order itself; rows of one instant come in the order of the files' names.
/// </summary>
public sealed class UpdateStream(SchemaCatalog catalog, MappingSet mappings)
{
    /// <summary>The rows of files, the earliest first.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IEnumerable<UpdateRow> Read(IEnumerable<string> paths)
    {
        var formats = new FileFormats(catalog, mappings, new LookupTables(mappings, _ => []));
        var options = new ImportOptions(DateTimeOffset.UnixEpoch);
        UpdateFile[] files = [.. paths.Order(StringComparer.Ordinal).Select(path => new UpdateFile(path, formats, options))];
        try
        {
            var heads = new PriorityQueue<UpdateRow, (DateTimeOffset At, int File)>();
            void Advance(int file)
            {
                if (files[file].Next() is { } row) heads.Enqueue(row, (row.At, file));
            }

            for (var file = 0; file < files.Length; file++) Advance(file);
            while (heads.TryDequeue(out var row, out var place))
            {
                yield return row;
                Advance(place.File);
            }
        }
        finally
        {
            foreach (var file in files) file.Dispose();
        }
    }
}

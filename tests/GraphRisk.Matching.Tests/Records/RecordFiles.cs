using System.Text;
using GraphRisk.Matching.Records;
using GraphRisk.TestKit;

namespace GraphRisk.Matching.Tests.Records;

/// <summary>Files written for a test, and what is read of them.</summary>
internal sealed class RecordFiles : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<string> paths = [];

    /// <summary>Adds a file.</summary>
    public RecordFiles Add(string name, string text, Encoding? encoding = null)
    {
        File.WriteAllText(folder.PathOf(name), text, encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        paths.Add(folder.PathOf(name));
        return this;
    }

    /// <summary>Path of a file that is no input.</summary>
    public string Beside(string name, string text)
    {
        File.WriteAllText(folder.PathOf(name), text);
        return folder.PathOf(name);
    }

    /// <summary>The cells of a column as they stand in the files, null where there is none.</summary>
    public string?[] Cells(string column)
    {
        var table = RecordReader.ReadRaw(paths, 2, CancellationToken.None);
        var found = table.Find(column) ?? throw new InvalidOperationException($"There is no column {column}.");
        return [.. Enumerable.Range(0, table.Count).Select(record => found.Of(record) is [var value, ..] ? found.Values.Text(value) : null)];
    }

    public RecordReading Read(TruthOptions? truth = null, RecordMapping? mapping = null) => RecordReader.Read(paths, mapping ?? RecordMapping.None, truth);

    public void Dispose() => folder.Dispose();

    /// <summary>Values of a record in an attribute.</summary>
    public static string[] Values(RecordTable table, string attribute, int record)
    {
        var found = table.Attributes.Single(one => one.Name == attribute);
        return [.. found.Of(record).ToArray().Select(value => found.Texts[value])];
    }
}

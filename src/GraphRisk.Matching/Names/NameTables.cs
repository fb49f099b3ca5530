using System.Reflection;

namespace GraphRisk.Matching.Names;

/// <summary>Tables of words, one a file of <c>Names/Tables</c>: a row a line, comments after a hash.</summary>
internal static class NameTables
{
    /// <summary>The rows of a table, without comments and empty lines.</summary>
    public static string[] Rows(string table)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"names/{table}.txt")
            ?? throw new InvalidOperationException($"the table of names {table} is not part of this build");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
    }
}

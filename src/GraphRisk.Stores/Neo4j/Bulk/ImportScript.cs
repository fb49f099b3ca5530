using System.Globalization;
using System.Text;

namespace GraphRisk.Stores.Neo4j.Bulk;

/// <summary>The script beside the files that calls <c>neo4j-admin</c>; the command line can be read and changed.</summary>
internal static class ImportScript
{
    private const int StandardReadBuffer = 4 << 20;

    private const string Head = """
        #!/usr/bin/env bash
        # Loads the files of this folder into an empty Neo4j database; the server must be stopped.
        #   ./import.sh [DATABASE] [OPTION...]    DATABASE is neo4j where absent
        # Options go to neo4j-admin: --overwrite-destination=true replaces what the database holds. NEO4J_ADMIN names another
        # neo4j-admin, with options of its own if need be. Content hash of what is loaded: HASH
        set -euo pipefail
        cd "$(dirname "${BASH_SOURCE[0]}")"
        database=${1:-neo4j}
        [ $# -eq 0 ] || shift
        # shellcheck disable=SC2086
        exec ${NEO4J_ADMIN:-neo4j-admin} database import full "$database" "$@"
        """;

    /// <summary>Writes <c>import.sh</c> and gives its path.</summary>
    public static string Write(string folder, CsvFolder files, string contentHash)
    {
        var text = new StringBuilder(Head.Replace("HASH", contentHash, StringComparison.Ordinal));
        foreach (var option in Options(files)) text.Append(" \\\n  ").Append(option);
        var path = Path.Combine(folder, "import.sh");
        File.WriteAllText(path, text.Append('\n').ToString().ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        return path;
    }

    private static IEnumerable<string> Options(CsvFolder files)
    {
        var all = files.Nodes.Select(entry => entry.File).Concat(files.Relationships.Select(entry => entry.File)).ToList();
        yield return "--id-type=string --array-delimiter=U+001F";
        var multiline = all.Where(file => file.HasLineBreaks).Select(file => file.DataName).ToList();
        if (multiline.Count > 0) yield return $"--multiline-fields-format=v2 --multiline-fields={string.Join(',', multiline)}";
        var longest = all.Select(file => file.LongestText).DefaultIfEmpty().Max();
        if (longest > StandardReadBuffer / 2)
            yield return string.Create(CultureInfo.InvariantCulture, $"--read-buffer-size={4L * longest}");
        foreach (var (label, file) in files.Nodes) yield return $"--nodes={label}={file.HeaderName},{file.DataName}";
        foreach (var (type, file) in files.Relationships) yield return $"--relationships={type}={file.HeaderName},{file.DataName}";
    }
}

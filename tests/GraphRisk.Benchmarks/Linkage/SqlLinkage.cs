using DuckDB.NET.Data;

namespace GraphRisk.Benchmarks.Linkage;

/// <summary>A pair as SQL scored it.</summary>
internal readonly record struct SqlPair(int Left, int Right, double Bits);

/// <summary>
/// Fellegi-Sunter as SQL on DuckDB, the way Splink writes it: blocking rules as joins, levels of agreement as CASE, u from pairs at random, m by
/// EM on the counts of patterns, term frequencies on the exact levels of names. It knows the columns of <c>generate people</c> and
/// is written by hand for them, as its users would; it stands here to be compared with.
/// </summary>
internal sealed class SqlLinkage : IDisposable
{
    private const int Rounds = 25;
    private const int RandomPairs = 1_000_000;

    private static readonly string[] Blocks =
    [
        "l.surname = r.surname AND l.birth_date = r.birth_date",
        "l.given_name = r.given_name AND l.birth_date = r.birth_date",
        "l.given_name = r.given_name AND l.surname = r.surname AND l.postcode = r.postcode",
        "l.phone = r.phone AND substr(l.given_name, 1, 1) = substr(r.given_name, 1, 1)",
        "l.email = r.email",
        "l.address = r.address AND substr(l.given_name, 1, 1) = substr(r.given_name, 1, 1)",
    ];

    /// <summary>Of each compared column its levels, the strongest first; none of them is the last level, missing is -1.</summary>
    private static readonly (string Column, string[] Levels)[] Columns =
    [
        ("given_name", ["l.given_name = r.given_name", "jaro_winkler_similarity(l.given_name, r.given_name) >= 0.92", "jaro_winkler_similarity(l.given_name, r.given_name) >= 0.8 OR substr(l.given_name, 1, 1) = substr(r.given_name, 1, 1) AND least(length(l.given_name), length(r.given_name)) = 1"]),
        ("surname", ["l.surname = r.surname", "jaro_winkler_similarity(l.surname, r.surname) >= 0.92", "jaro_winkler_similarity(l.surname, r.surname) >= 0.8"]),
        ("birth_date", ["l.birth_date = r.birth_date", "damerau_levenshtein(l.birth_date, r.birth_date) <= 1", "damerau_levenshtein(l.birth_date, r.birth_date) <= 2"]),
        ("address", ["l.address = r.address", "damerau_levenshtein(l.address, r.address) <= 2"]),
        ("town", ["l.town = r.town", "damerau_levenshtein(l.town, r.town) <= 1"]),
        ("postcode", ["l.postcode = r.postcode", "damerau_levenshtein(l.postcode, r.postcode) <= 1"]),
        ("phone", ["l.phone = r.phone", "damerau_levenshtein(l.phone, r.phone) <= 1"]),
        ("email", ["l.email = r.email", "damerau_levenshtein(l.email, r.email) <= 2"]),
    ];

    private readonly DuckDBConnection connection = new("DataSource=:memory:");

    /// <summary>Reads the file and scores its pairs.</summary>
    /// <param name="file">A file of <c>generate people</c>.</param>
    /// <param name="threads">Threads DuckDB may use.</param>
    public List<SqlPair> Link(string file, int threads)
    {
        connection.Open();
        Do($"SET threads = {threads}; SELECT setseed(0.5)");
        var columns = string.Join(", ", Columns.Select(column => $"nullif({(column.Column is "phone" ? "replace(phone, ' ', '')" : column.Column)}, '') AS {column.Column}"));
        Do($"CREATE TABLE people AS SELECT row_number() OVER () - 1 AS n, {columns} FROM read_csv('{file.Replace("'", "''", StringComparison.Ordinal)}', header = true, all_varchar = true)");
        foreach (var name in (string[])["given_name", "surname"])
            Do($"CREATE TABLE often_{name} AS SELECT {name} AS value, count(*) / (SELECT count({name}) FROM people) AS share FROM people WHERE {name} IS NOT NULL GROUP BY 1");
        var levels = string.Join(", ", Columns.Select(LevelOf));
        var blocked = string.Join(" UNION ", Blocks.Select(rule => $"SELECT l.n AS a, r.n AS b FROM people l JOIN people r ON {rule} AND l.n < r.n"));
        Do($"CREATE TABLE pairs AS SELECT a, b, l.given_name AS given, l.surname AS family, {levels} FROM ({blocked}) JOIN people l ON l.n = a JOIN people r ON r.n = b");
        var count = $"SELECT {Names()}, count(*)::BIGINT FROM";
        var random = Patterns($"{count} (SELECT {levels} FROM (SELECT floor(random() * (SELECT count(*) FROM people))::BIGINT AS a, floor(random() * (SELECT count(*) FROM people))::BIGINT AS b FROM range({RandomPairs})) JOIN people l ON l.n = a JOIN people r ON r.n = b WHERE a <> b) GROUP BY ALL");
        var u = Shares(random.Select(pattern => (pattern.Levels, (double)pattern.Count)), 0.5);
        var (bits, prior) = Estimate(Patterns($"{count} pairs GROUP BY ALL"), u, Scalar("SELECT count(*) * (count(*) - 1) / 2 FROM people"));
        var weight = string.Join(" + ", Columns.Select((column, i) => $"CASE c{i} {string.Concat(bits[i].Select((value, level) => $"WHEN {level} THEN {Number(value)} "))}ELSE 0 END"));
        var rare = string.Join(" + ", Enumerable.Range(0, 2).Select(i => $"CASE WHEN c{i} = 0 THEN log2({Number(u[i][0])} / often{i}.share) ELSE 0 END"));
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT a, b, {Number(prior)} + {weight} + {rare} AS bits FROM pairs LEFT JOIN often_given_name often0 ON often0.value = given LEFT JOIN often_surname often1 ON often1.value = family WHERE bits > -8";
        var scored = new List<SqlPair>();
        using var reader = command.ExecuteReader();
        while (reader.Read()) scored.Add(new SqlPair((int)reader.GetInt64(0), (int)reader.GetInt64(1), reader.GetDouble(2)));
        return scored;
    }

    public void Dispose() => connection.Dispose();

    private static string LevelOf((string Column, string[] Levels) column, int at) =>
        $"CASE WHEN l.{column.Column} IS NULL OR r.{column.Column} IS NULL THEN -1 {string.Concat(column.Levels.Select((level, i) => $"WHEN {level} THEN {i} "))}ELSE {column.Levels.Length} END AS c{at}";

    private static string Names() => string.Join(", ", Columns.Select((_, i) => $"c{i}"));

    private static string Number(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private List<(int[] Levels, long Count)> Patterns(string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        var patterns = new List<(int[], long)>();
        using var reader = command.ExecuteReader();
        while (reader.Read()) patterns.Add(([.. Columns.Select((_, i) => reader.GetInt32(i))], reader.GetInt64(Columns.Length)));
        return patterns;
    }

    /// <summary>Of each column the share of each level among pairs that have one, never nil.</summary>
    private static double[][] Shares(IEnumerable<(int[] Levels, double Count)> patterns, double smallest)
    {
        var shares = Array.ConvertAll(Columns, column => Enumerable.Repeat(smallest, column.Levels.Length + 1).ToArray());
        foreach (var (levels, count) in patterns)
            for (var i = 0; i < levels.Length; i++)
                if (levels[i] >= 0) shares[i][levels[i]] += count;
        return Array.ConvertAll(shares, column => Array.ConvertAll(column, count => count / column.Sum()));
    }

    /// <summary>Bits of each level, and those of the prior, that two records at random are one; u stays as drawn, m and prior are learned.</summary>
    private static (double[][] Bits, double Prior) Estimate(List<(int[] Levels, long Count)> patterns, double[][] u, double allPairs)
    {
        var m = Array.ConvertAll(u, column => column.Select((_, level) => level == 0 ? 0.9 : 0.1 / (column.Length - 1)).ToArray());
        var prior = 0.1 * patterns.Sum(pattern => pattern.Count) / allPairs;
        for (var round = 0; round < Rounds; round++)
        {
            var posteriors = patterns.ConvertAll(pattern =>
            {
                var odds = prior / (1 - prior);
                for (var i = 0; i < m.Length; i++)
                    if (pattern.Levels[i] >= 0) odds *= m[i][pattern.Levels[i]] / u[i][pattern.Levels[i]];
                return (pattern.Levels, Matches: pattern.Count * odds / (1 + odds));
            });
            m = Shares(posteriors, 0.5);
            prior = posteriors.Sum(one => one.Matches) / allPairs;
        }

        return ([.. m.Select((column, i) => column.Select((value, level) => Math.Log2(value / u[i][level])).ToArray())], Math.Log2(prior / (1 - prior)));
    }

    private double Scalar(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToDouble(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private void Do(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

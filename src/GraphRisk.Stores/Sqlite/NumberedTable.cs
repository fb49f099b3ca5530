namespace GraphRisk.Stores.Sqlite;

/// <summary>A table of the form (no, ...) that gives small numbers, from 1 and without gaps, to distinct contents.</summary>
/// <typeparam name="TKey">Content by which a number is found.</typeparam>
/// <typeparam name="TValue">What a number stands for.</typeparam>
internal sealed class NumberedTable<TKey, TValue>
    where TKey : notnull
{
    private readonly Session session;
    private readonly string table;
    private readonly string select;
    private readonly string insert;
    private readonly Func<Statement, (TKey Key, TValue Value)> read;
    private readonly Action<Statement, TKey> bind;
    private readonly Dictionary<TKey, int> numbers = [];
    private readonly List<TValue> values = [];

    public NumberedTable(
        Session session, string table, string columns,
        Func<Statement, (TKey Key, TValue Value)> read, Action<Statement, TKey> bind)
    {
        this.session = session;
        this.table = table;
        this.read = read;
        this.bind = bind;
        var places = string.Join(", ", columns.Split(',').Select(_ => "?"));
        select = $"SELECT no, {columns} FROM {table} WHERE no > ? ORDER BY no";
        insert = $"INSERT INTO {table} (no, {columns}) VALUES (?, {places})";
    }

    /// <summary>What every number stands for, in order from 1.</summary>
    public IReadOnlyList<TValue> All()
    {
        ReadOn();
        return values;
    }

    /// <summary>What a number stands for.</summary>
    /// <exception cref="FormatException">The table has no such number.</exception>
    public TValue ValueOf(long number)
    {
        if (number > values.Count) ReadOn();
        return number >= 1 && number <= values.Count
            ? values[(int)number - 1]
            : throw new FormatException($"The table '{table}' has no number {number}.");
    }

    /// <summary>The number of a content; null where it has none.</summary>
    public int? Find(TKey key)
    {
        if (numbers.TryGetValue(key, out var number)) return number;
        ReadOn();
        return numbers.TryGetValue(key, out number) ? number : null;
    }

    /// <summary>The number of a content, given to it now where it has none; inside a transaction only.</summary>
    public int NumberOf(TKey key)
    {
        if (numbers.TryGetValue(key, out var number)) return number;
        if (Find(key) is { } found) return found;
        var statement = session.Prepare(insert).Bind(1, values.Count + 1);
        bind(statement, key);
        statement.Run();
        ReadOn();
        return numbers[key];
    }

    /// <summary>Forgets what was read.</summary>
    public void Forget()
    {
        numbers.Clear();
        values.Clear();
    }

    private void ReadOn()
    {
        var statement = session.Prepare(select).Bind(1, values.Count);
        while (statement.Step())
        {
            var (key, value) = read(statement);
            numbers.Add(key, values.Count + 1);
            values.Add(value);
        }

        statement.Reset();
    }
}

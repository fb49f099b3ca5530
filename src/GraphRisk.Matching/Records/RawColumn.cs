namespace GraphRisk.Matching.Records;

/// <summary>One column as it stands in the files: its distinct values, and which record has which. Filled record after record, by one thread.</summary>
internal sealed class RawColumn(string name)
{
    private int[] numbers = new int[1024];
    private int count;
    private int[]? starts;
    private int records;

    /// <summary>Heading.</summary>
    public string Name => name;

    /// <summary>The distinct values.</summary>
    public ValuePool Values { get; private set; } = new();

    /// <summary>Whether some record has several values.</summary>
    public bool IsMany => starts is not null;

    /// <summary>Adds a value of a record that is the last one so far or comes after it; an empty one is none.</summary>
    public void Add(int record, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return;
        var number = Values.Add(value);
        if (starts is null && record < records && numbers[record] >= 0)
        {
            if (numbers[record] == number) return;
            BecomeMany();
        }

        if (starts is null)
        {
            FillTo(record);
            if (record < records) numbers[record] = number;
            else Append(number);
            records = Math.Max(records, record + 1);
            return;
        }

        FillTo(record);
        if (record == records) Open();
        Append(number);
    }

    /// <summary>Tells that there are no records beyond a count.</summary>
    public void Close(int total)
    {
        FillTo(total);
        Values.Close();
        if (numbers.Length > count) Array.Resize(ref numbers, count);
        if (starts is null) return;
        Array.Resize(ref starts, total + 1);
        starts[total] = count;
    }

    /// <summary>Numbers of a record's values; of a column that is closed.</summary>
    public ReadOnlySpan<int> Of(int record) => starts is not null
        ? numbers.AsSpan(starts[record], starts[record + 1] - starts[record])
        : numbers[record] < 0 ? [] : numbers.AsSpan(record, 1);

    /// <summary>All numbers, -1 where a record without several has none.</summary>
    public ReadOnlySpan<int> Numbers => numbers.AsSpan(0, count);

    /// <summary>The numbers of a column without several values a record, for whoever writes others in their place.</summary>
    public int[] TakeNumbers() => numbers;

    /// <summary>Forgets everything, which another representation holds by now.</summary>
    public void GiveUp() => (numbers, starts, count, Values) = ([], null, 0, new ValuePool());

    private void FillTo(int record)
    {
        if (starts is not null)
        {
            while (records < record) Open();
            return;
        }

        for (; records < record; records++) Append(-1);
    }

    private void Open()
    {
        if (records + 2 > starts!.Length) Array.Resize(ref starts, Math.Max(records + 2, starts.Length * 2));
        starts[records++] = count;
    }

    private void Append(int number)
    {
        if (count == numbers.Length) Array.Resize(ref numbers, count * 2);
        numbers[count++] = number;
    }

    private void BecomeMany()
    {
        starts = new int[records + 1];
        var kept = 0;
        for (var record = 0; record < records; record++)
        {
            starts[record] = kept;
            if (numbers[record] >= 0) numbers[kept++] = numbers[record];
        }

        count = kept;
    }
}

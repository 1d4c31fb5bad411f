using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Actors.Tests;

/// <summary>What the tests of journals share: a folder of their own, and a look into the file from outside.</summary>
public abstract class JournalTestKit : RoleTestKit
{
    private readonly string _folder = Directory.CreateTempSubdirectory("journal").FullName;

    protected JournalTestKit(ITestOutputHelper log)
        : base(log)
    {
    }

    protected string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Runs SQL on a file that no role has open.</summary>
    protected static long Query(string file, string sql)
    {
        using var connection = Connect(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    protected static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        Directory.Delete(_folder, recursive: true);
    }
}

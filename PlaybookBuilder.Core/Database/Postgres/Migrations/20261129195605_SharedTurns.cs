using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlaybookBuilder.Core.Database.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class SharedTurns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "shared_turn",
                columns: table => new
                {
                    work = table.Column<string>(type: "text", nullable: false),
                    taken = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_shared_turn", x => x.work);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "shared_turn");
        }
    }
}
